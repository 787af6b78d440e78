import { positionAt } from "../../base/line-index.ts";
import { compareText, groupBy } from "../../base/order.ts";
import { placeOfCall } from "../../project/held/functions.ts";
import type { LockEdge, LockNode } from "../../project/held/lock-graph.ts";
import { placeOfNesting } from "../../project/held/nestings.ts";
import { templateText } from "../../project/identity.ts";
import type { LoadedProject } from "../load-project.ts";
import { jsonRange } from "../reporters/json-range.ts";
import type { Paint } from "../terminal.ts";

/** `graph`: which lock is taken while which is held. */

function edgesOf({ analysis, isAskedFor }: LoadedProject): readonly LockEdge[] {
  return analysis.lockGraph().filter(({ nesting }) => isAskedFor(nesting.holder.file.path));
}

/** Every lock of the edges once, in the order of names. */
function locksOf(edges: readonly LockEdge[]): readonly LockNode[] {
  const nodes = new Map(
    edges.flatMap(({ held, taken }) => [held, taken]).map((node) => [node.identity, node]),
  );
  return [...nodes.values()].sort((one, other) => compareText(nameOf(one), nameOf(other)));
}

function nameOf({ parts }: LockNode): string {
  return templateText(parts);
}

function isSure({ nesting }: LockEdge): boolean {
  return nesting.isCertain && !nesting.isUnderCondition;
}

export function graphAsJson(project: LoadedProject): string {
  const edges = edgesOf(project);
  const answer = {
    version: 1,
    locks: locksOf(edges).map((node) => ({ name: nameOf(node), scope: node.scope })),
    edges: edges.map((edge) => {
      const { holder, chain } = edge.nesting;
      return {
        held: nameOf(edge.held),
        taken: nameOf(edge.taken),
        path: project.relative(holder.file.path),
        range: jsonRange(holder.file.lines, placeOfNesting(edge.nesting)),
        certain: isSure(edge),
        chain: chain.map(({ caller, call }) => ({
          path: project.relative(caller.file.path),
          range: jsonRange(caller.file.lines, placeOfCall(caller, call)),
          function: caller.body.name,
        })),
      };
    }),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** What is held, then what is taken under it with the places. */
export function graphAsText(project: LoadedProject, paint: Paint): string {
  const edges = edgesOf(project);
  const groups = [...groupBy(edges, ({ held }) => nameOf(held))].sort(([one], [other]) =>
    compareText(one, other),
  );
  const lines = groups.flatMap(([held, group]) => [
    paint("cyan", held),
    ...[...groupBy(group, ({ taken }) => nameOf(taken))]
      .sort(([one], [other]) => compareText(one, other))
      .flatMap(([taken, ways]) => [
        `  ${taken}`,
        ...ways.map((way) => `    ${wayText(project, way, paint)}`),
      ]),
  ]);
  const count = new Set(edges.map(({ held, taken }) => `${held.identity}\n${taken.identity}`)).size;
  return `${lines.map((line) => `${line}\n`).join("")}${count} pairs of locks\n`;
}

function wayText({ relative }: LoadedProject, edge: LockEdge, paint: Paint): string {
  const { holder, taker, chain } = edge.nesting;
  const { line } = positionAt(holder.file.lines, placeOfNesting(edge.nesting).start);
  const way = [holder, ...chain.slice(1).map(({ caller }) => caller), ...(chain.length === 0 ? [] : [taker])];
  const names = way.map(({ body }) => body.name).join(" → ");
  return `${relative(holder.file.path)}:${line + 1}  ${names}${isSure(edge) ? "" : paint("dim", "  perhaps")}`;
}

export function graphAsDot(project: LoadedProject): string {
  const edges = edgesOf(project);
  const nodes = locksOf(edges);
  const lines = [
    ...nodes.map((node, number) => `  l${number} [label=${JSON.stringify(nameOf(node))}];`),
    ...pairsOf(edges, nodes).map(
      ({ held, taken, sure }) => `  l${held} -> l${taken}${sure ? "" : " [style=dashed]"};`,
    ),
  ];
  return `digraph locks {\n${lines.join("\n")}\n}\n`;
}

export function graphAsMermaid(project: LoadedProject): string {
  const edges = edgesOf(project);
  const nodes = locksOf(edges);
  const lines = [
    ...nodes.map((node, number) => `  l${number}["${nameOf(node).replaceAll('"', "#quot;")}"]`),
    ...pairsOf(edges, nodes).map(({ held, taken, sure }) => `  l${held} ${sure ? "-->" : "-.->"} l${taken}`),
  ];
  return `flowchart LR\n${lines.join("\n")}\n`;
}

/** Each pair of locks once, by their numbers; sure if one of its ways is. */
function pairsOf(
  edges: readonly LockEdge[],
  nodes: readonly LockNode[],
): readonly { readonly held: number; readonly taken: number; readonly sure: boolean }[] {
  const numbers = new Map(nodes.map(({ identity }, number) => [identity, number]));
  const pairs = groupBy(edges, ({ held, taken }) => `${held.identity}\n${taken.identity}`);
  return [...pairs.values()].flatMap((group) => {
    const held = numbers.get(group[0]?.held.identity ?? "");
    const taken = numbers.get(group[0]?.taken.identity ?? "");
    return held === undefined || taken === undefined ? [] : { held, taken, sure: group.some(isSure) };
  });
}
