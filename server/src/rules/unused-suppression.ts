import type { RangedText, Suppression } from "../facts/model.ts";
import type { Finding, Fix, SuppressionUse } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const unusedSuppression = defineRule({
  id: "unused-suppression",
  severity: "hint",
  summary: "A comment that would silence a rule, but has no effect.",
  why:
    "`# cinder-locks: ignore[rule-id] reason` silences that rule on its line, or alone on a line on the next. A comment " +
    "that outlived its finding would silence the next one that nobody has looked at. Without a reason it silences " +
    "nothing, as the next reader must be able to judge it.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')  # cinder-locks: ignore[unknown-name-field] made by the base class
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ suppressions }) => suppressions.flatMap(troubleWith),
});

function troubleWith({ suppression, ids }: SuppressionUse): readonly Finding[] {
  if (ids.length === 0) {
    return [
      finding(suppression.range, "No rule is named: nothing is silenced", [removeComment(suppression)]),
    ];
  }
  const idle = ids.filter(({ verdict }) => verdict !== "used");
  const isAllIdle = idle.length === ids.length;
  const found = idle.map(({ id, verdict }) =>
    finding(
      id.range,
      verdict === "unused"
        ? `\`${id.text}\` finds nothing here to silence`
        : `There is no rule \`${id.text}\``,
      [isAllIdle ? removeComment(suppression) : removeId(suppression, id)],
    ),
  );
  return suppression.reason === "" && !isAllIdle
    ? [...found, finding(suppression.range, "Without a reason behind it nothing is silenced")]
    : found;
}

function removeComment({ extent }: Suppression): Fix {
  return { title: "Remove the comment", isPreferred: true, edits: [{ range: extent, newText: "" }] };
}

/** Takes one id out of several, with a comma beside it. */
function removeId({ ids }: Suppression, id: RangedText): Fix {
  const place = ids.indexOf(id);
  const [before, after] = [ids[place - 1], ids[place + 1]];
  const range =
    before === undefined
      ? { start: id.range.start, end: after?.range.start ?? id.range.end }
      : { start: before.range.end, end: id.range.end };
  return {
    title: `Remove \`${id.text}\` from the comment`,
    isPreferred: true,
    edits: [{ range, newText: "" }],
  };
}
