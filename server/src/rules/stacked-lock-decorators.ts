import { positionAt, wholeLines } from "../base/line-index.ts";
import { groupBy } from "../base/order.ts";
import { templateOf } from "../facts/lock-name.ts";
import type { DecoratorSite, FileFacts } from "../facts/model.ts";
import { decoratorSites } from "./name-fields.ts";
import type { Finding, Fix, RuleContext } from "./rule.ts";
import { defineRule } from "./rule.ts";
import { takesSeveralNames } from "./signatures.ts";

export const stackedLockDecorators = defineRule({
  id: "stacked-lock-decorators",
  severity: "warning",
  summary: "Several `coordination.synchronized` decorators above one function.",
  // SEMANTICS §4, stacking.
  why:
    "Stacked locks are taken from the top down, in the order of the source. Two requests whose names are the other " +
    "way round, such as a move from A to B and one from B to A, wait for each other for ever. And where two of the " +
    "names are equal, the function waits for itself. Since Cinder 23.0.0 one call can have all the names: it sorts " +
    "them and takes equal ones once.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{source.id}')
@coordination.synchronized('acme-{target.id}')
def move(source, target):
    source.move(target)
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{source.id}', 'acme-{target.id}')
def move(source, target):
    source.move(target)
`,
  check: (context) =>
    [...groupBy(stackableSites(context), (site) => site.target?.range.start).values()]
      .filter((stack) => 1 < stack.length)
      .flatMap((stack) => stackFinding(context, stack)),
});

function stackableSites({ file }: RuleContext): readonly DecoratorSite[] {
  return decoratorSites(file).filter(
    (site) => site.use.api.id === "coordination.synchronized" && site.target !== undefined,
  );
}

function stackFinding(context: RuleContext, stack: readonly DecoratorSite[]): readonly Finding[] {
  const [top, ...below] = stack;
  if (top === undefined) {
    return [];
  }
  return [
    {
      range: top.range,
      message: `${nameList([top])} is taken before ${nameList(below)}: opposite requests can deadlock`,
      related: below.map((site) => ({
        path: context.file.path,
        range: site.range,
        message: "taken while the one above is held",
      })),
      fixes: canMerge(context, stack) ? [merge(context.file, top, below)] : [],
    },
  ];
}

function nameList(stack: readonly DecoratorSite[]): string {
  return stack
    .flatMap((site) => site.names)
    .map((name) => `\`${templateOf(name) ?? "?"}\``)
    .join(" and ");
}

/** One call can stand for all where it takes several names, none has options of its own and nothing is between. */
function canMerge({ index, file }: RuleContext, stack: readonly DecoratorSite[]): boolean {
  return (
    stack.every((site) => takesSeveralNames(index, file.path, site) && site.options.length === 0) &&
    stack.every((site, position) => isDirectlyBelow(file, site, stack[position - 1]))
  );
}

/** Another decorator between the two runs under the one lock and not under the other. */
function isDirectlyBelow(file: FileFacts, site: DecoratorSite, above: DecoratorSite | undefined): boolean {
  return (
    above === undefined ||
    positionAt(file.lines, site.decoratorRange.start).line ===
      positionAt(file.lines, above.decoratorRange.end).line + 1
  );
}

function merge(file: FileFacts, top: DecoratorSite, below: readonly DecoratorSite[]): Fix {
  const moved = below.flatMap((site) => site.names.map((name) => `, ${name.source}`)).join("");
  const end = top.names.at(-1)?.range.end ?? top.range.end - 1;
  return {
    title: "Take all the names in one call",
    isPreferred: true,
    edits: [
      { range: { start: end, end }, newText: moved },
      ...below.map((site) => ({ range: wholeLines(file.lines, site.decoratorRange), newText: "" })),
    ],
  };
}
