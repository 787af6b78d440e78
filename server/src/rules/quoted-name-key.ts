import type { RangedText } from "../facts/model.ts";
import { expandedFields } from "./name-fields.ts";
import type { Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const quotedNameKey = defineRule({
  id: "quoted-name-key",
  severity: "error",
  summary: "A key in quotes in a field of a lock's name.",
  // SEMANTICS §4; Cinder's own documents had it wrong.
  why:
    "`str.format` takes what stands in the brackets as it is: `{snapshot['name']}` looks up the key `'name'` with its " +
    "quotes, so that every call fails with KeyError before the body runs. Write the key without quotes.",
  bad: `from cinder import coordination


@coordination.synchronized("acme-{snapshot['name']}")
def delete(snapshot):
    return snapshot
`,
  good: `from cinder import coordination


@coordination.synchronized("acme-{snapshot[name]}")
def delete(snapshot):
    return snapshot
`,
  check: ({ file }) =>
    expandedFields(file).flatMap(({ field }) =>
      field.keys
        .filter((key) => isQuoted(key.text))
        .map((key) =>
          finding(key.range, `The key ${key.text} is looked up with its quotes: KeyError at every call`, [
            dropQuotes(key),
          ]),
        ),
    ),
});

function isQuoted(key: string): boolean {
  return /^(['"]).*\1$/s.test(key) && 1 < key.length;
}

function dropQuotes({ text, range }: RangedText): Fix {
  return { title: "Drop the quotes", isPreferred: true, edits: [{ range, newText: text.slice(1, -1) }] };
}
