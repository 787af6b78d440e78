import { groupBy } from "../../base/order.ts";
import type { LockName } from "../../facts/model.ts";
import { subclassesOf } from "../resolve/classes.ts";
import { type LockMeaning, meaningsOf } from "../resolve/lock-names.ts";
import { type IndirectSite, siteOf, surroundingsOf, type UseInProject } from "./indirect-site.ts";

/** How a part of a lock object is taken: `with self._lock.write_lock():`. */
const PARTS = /\.(?:read_lock|write_lock)$/;

/**
 * `with self._lock:`, `_LOCK.acquire()`: the lock is known by the attribute or variable that owns it. For objects of a
 * subclass it may be another one.
 */
export function lockObjectSites(used: UseInProject): readonly IndirectSite[] {
  const { index, use, owner } = used;
  if (
    use.form === "decorator" ||
    (use.passed !== undefined && use.form === "with" && !PARTS.test(use.name))
  ) {
    return [];
  }
  const name = use.name.replace(PARTS, "");
  const classes = owner === undefined ? [undefined] : [owner, ...subclassesOf(index, owner)];
  const found = classes.flatMap((self) =>
    (meaningsOf(surroundingsOf(used, self), name) ?? []).flatMap((meaning) =>
      meaning.kind === "object" ? { meaning, className: self?.qualifiedName } : [],
    ),
  );
  const [first] = found;
  if (first === undefined) {
    return [];
  }
  const owners = [...groupBy(found, ({ meaning }) => ownerOfObject(meaning))];
  const scopes = new Set(found.map(({ meaning }) => meaning.use.api.scope));
  const lockName = owners.length === 1 ? ownName(used, ownerOfObject(first.meaning)) : severalNames(used);
  return [
    {
      site: siteOf(
        use,
        first.meaning.use,
        {
          names: [lockName],
          options: [],
          scope: scopes.size === 1 ? (first.meaning.use.api.scope ?? "unknown") : "unknown",
        },
        undefined,
      ),
      names: new Map([
        [
          lockName,
          owners.map(([text, group]) => ({
            parts: [{ kind: "text" as const, text }],
            classes:
              owners.length === 1 ? [] : [...new Set(group.flatMap(({ className }) => className ?? []))],
          })),
        ],
      ]),
      definition: first.meaning.variable.definition,
    },
  ];
}

function ownerOfObject({ variable, use }: LockMeaning & { readonly kind: "object" }): string {
  return variable.owner ?? use.qualifiedName;
}

function ownName({ use: { range, name } }: UseInProject, text: string): LockName {
  return { kind: "template", range, source: name, parts: [{ kind: "text", text, range }] };
}

function severalNames({ use: { range, name } }: UseInProject): LockName {
  const reason = "it is another object in each class";
  return { kind: "unknown", range, source: name, value: { kind: "name", name }, reason };
}
