import { positionAt } from "../base/line-index.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { contains } from "../base/text-range.ts";
import type { FileFacts, ImportedName, LockName, LockSite, NamePart } from "../facts/model.ts";
import { functionSeenBy } from "./name-fields.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const unexpandedTemplate = defineRule({
  id: "unexpanded-template",
  severity: "error",
  summary: "A `{field}` in the name of a lock whose API does not replace fields.",
  // SEMANTICS §4, §5.
  why:
    "Only `coordination.synchronized` fills in the fields of its names. `utils`, `lockutils` and " +
    "`COORDINATOR.get_lock` take `'{volume.id}'` as it is written: one lock with braces in its name, shared by all " +
    "volumes. It excludes far more than was meant, but nothing that locks the volume's real name.",
  bad: `from cinder import utils


@utils.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ file }) =>
    file.sites
      .filter((site) => !site.use.api.expandsFields && site.use.api.id !== "coordination.Lock")
      .flatMap((site) => site.names.flatMap((name) => unexpandedName(file, site, name))),
});

/** Doubled braces say that no field is meant. */
const FIELD = /(?<!\{)\{([A-Za-z_]\w*)(?:\.\w+|\[[^\]{}]*\])*\}(?!\})/g;

function unexpandedName(file: FileFacts, site: LockSite, name: LockName): readonly Finding[] {
  const fields = name.kind === "unknown" ? [] : name.parts.flatMap(fieldsIn);
  const first = fields[0];
  return first === undefined
    ? []
    : [
        finding(
          name.range,
          `\`${site.use.api.id}\` does not replace \`${first.text}\`: all callers share this one lock`,
          [...useCoordination(file, site, fields), ...useFormatString(site, name, fields)],
        ),
      ];
}

interface WrittenField {
  readonly text: string;
  readonly root: string;
}

function fieldsIn(part: NamePart): readonly WrittenField[] {
  return part.kind === "text"
    ? [...part.text.matchAll(FIELD)].map((match) => ({ text: match[0], root: match[1] ?? "" }))
    : [];
}

/** The fields must be parameters, and no option must get lost but those that coordination does not know. */
function useCoordination(file: FileFacts, site: LockSite, fields: readonly WrittenField[]): readonly Fix[] {
  const { service } = site.use;
  const parameters = functionSeenBy(site)?.parameters.map((parameter) => parameter.name) ?? [];
  const [name] = site.names;
  if (
    service === undefined ||
    name === undefined ||
    !fields.every(({ root }) => root === "f_name" || parameters.includes(root)) ||
    !site.options.every((option) => option.parameter === "external")
  ) {
    return [];
  }
  const imported = localNameOf(file, `${service}.coordination`, site);
  const importing = imported === undefined ? importOf(file, service, site) : [];
  if (importing === undefined) {
    return [];
  }
  return [
    {
      title: `Use \`coordination.synchronized\` (one lock for each value, global instead of ${site.scope})`,
      isPreferred: false,
      edits: [
        ...importing,
        { range: site.calleeRange, newText: `${imported ?? "coordination"}.synchronized` },
        { range: { start: site.calleeRange.end, end: site.range.end }, newText: `(${name.source})` },
      ],
    },
  ];
}

function localNameOf(file: FileFacts, qualifiedName: string, site: LockSite): string | undefined {
  return file.imports.find(
    (imported) => imported.qualifiedName === qualifiedName && contains(imported.within, site.range),
  )?.local;
}

/**
 * One import a line, before the one by which the present API is reached: the order of OpenStack's style. `undefined`
 * where that one stands in a function, or behind another statement.
 */
function importOf(file: FileFacts, service: string, site: LockSite): readonly TextEdit[] | undefined {
  const imported = file.imports.find(
    (candidate: ImportedName) =>
      candidate.statement !== undefined &&
      contains(candidate.within, site.range) &&
      site.use.qualifiedName.startsWith(candidate.qualifiedName),
  );
  const start = imported?.statement?.start;
  if (start === undefined || positionAt(file.lines, start).character !== 0) {
    return undefined;
  }
  return [{ range: { start, end: start }, newText: `from ${service} import coordination\n` }];
}

/** Where the name is made at each call, an f-string says what was meant. A decorator's is made only once. */
function useFormatString(site: LockSite, name: LockName, fields: readonly WrittenField[]): readonly Fix[] {
  const isPlainLiteral = /^(['"])(?!\1)[^\\\n]*\1$/.test(name.source);
  const hasOtherBraces = /[{}]/.test(name.source.replace(FIELD, ""));
  return site.use.api.gives === "decorator" ||
    !isPlainLiteral ||
    hasOtherBraces ||
    fields.some(({ text }) => text.includes("["))
    ? []
    : [
        {
          title: "Make the name an f-string",
          isPreferred: false,
          edits: [{ range: { start: name.range.start, end: name.range.start }, newText: "f" }],
        },
      ];
}
