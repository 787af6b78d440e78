import { closestTo } from "../base/closest.ts";
import type { DecoratedFunction, NameField } from "../facts/model.ts";
import { expandedFields, functionSeenBy, isPositional } from "./name-fields.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const unknownNameField = defineRule({
  id: "unknown-name-field",
  severity: "error",
  summary: "A field of a lock's name is no parameter of the locked function.",
  // SEMANTICS §4.
  why:
    "The fields are filled in from the arguments of the function below the decorator, and from `f_name`, its name. " +
    "Anything else, even a variable of the enclosing function, raises KeyError at every call, before the body runs.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{volume_id}')
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ file }) =>
    expandedFields(file).flatMap(({ site, field }) => {
      const locked = functionSeenBy(site);
      return locked === undefined || isPositional(field) || isLookedUpIn(locked, field)
        ? []
        : unknownField(locked, field);
    }),
});

function isLookedUpIn(locked: DecoratedFunction, { root }: NameField): boolean {
  return root.text === "f_name" || locked.parameters.some((parameter) => parameter.name === root.text);
}

function unknownField(locked: DecoratedFunction, field: NameField): Finding {
  const suggestion = suggestionFor(locked, field.root.text);
  const message = `\`${locked.name}\` has no parameter \`${field.root.text}\`: KeyError at every call`;
  return suggestion === undefined
    ? finding(field.root.range, message)
    : finding(field.root.range, `${message}; did you mean \`${suggestion}\`?`, [
        replaceRoot(field, suggestion),
      ]);
}

/** `volume_id` where there is a `volume` means its id; else the parameter that is spelled most alike. */
function suggestionFor(locked: DecoratedFunction, root: string): string | undefined {
  const names = locked.parameters.map((parameter) => parameter.name);
  const owner = /^(\w+)_(id|name)$/.exec(root);
  return owner?.[1] !== undefined && names.includes(owner[1])
    ? `${owner[1]}.${owner[2]}`
    : closestTo(root, [...names, "f_name"]);
}

function replaceRoot({ root }: NameField, suggestion: string): Fix {
  return {
    title: `Change to \`${suggestion}\``,
    isPreferred: false,
    edits: [{ range: root.range, newText: suggestion }],
  };
}
