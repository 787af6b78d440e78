import { expandedFields, isPositional } from "./name-fields.ts";
import { defineRule, finding } from "./rule.ts";

export const positionalNameField = defineRule({
  id: "positional-name-field",
  severity: "error",
  summary: "A field without a name, `{}` or `{0}`, in the name of a lock.",
  // SEMANTICS §4.
  why:
    "The name is formatted with the function's arguments by keyword; nothing is passed by position. Every call fails " +
    "with IndexError before the body runs. Write the parameter's name in the braces.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{}')
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ file }) =>
    expandedFields(file)
      .filter(({ field }) => isPositional(field))
      .map(({ field }) =>
        finding(field.range, `\`{${field.source}}\` has no name to look up: IndexError at every call`),
      ),
});
