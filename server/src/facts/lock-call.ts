import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import type { ArgumentNode } from "../syntax/python-nodes.ts";
import { argumentsOf } from "../syntax/python-nodes.ts";
import { staticTextOf } from "../syntax/static-text.ts";
import type { ApiUse, LockApi } from "./lock-apis.ts";
import { lockNameOf, unknownName } from "./lock-name.ts";
import type { LockName, LockOption, OptionValue, Scope } from "./model.ts";

/** A call of a lock API, whatever stands around it: what every idiom has in common. */
export interface LockCall {
  readonly tree: SyntaxTree;
  readonly callee: SyntaxNode;
  readonly call: SyntaxNode;
  readonly use: ApiUse;
}

/** What the call's arguments say. */
export interface LockArguments {
  readonly names: readonly LockName[];
  readonly options: readonly LockOption[];
  readonly scope: Scope;
}

export function readArguments({ tree, call, use }: LockCall): LockArguments {
  const names: LockName[] = [];
  const options: LockOption[] = [];
  let position = 0;
  for (const argument of argumentsOf(call)) {
    const parameter = parameterOf(argument, use.api, position, tree);
    if (argument.kind === "positional") {
      position += 1;
    }
    if (argument.kind !== "splat" && parameter === "name" && !isConstantOtherThanText(argument.value)) {
      names.push(lockNameOf(tree, argument.value, use.api.expandsFields));
    } else {
      options.push(optionOf(tree, argument, parameter));
      if (
        argument.kind === "splat" &&
        argument.node.type === "list_splat" &&
        use.api.positional[0] === "..."
      ) {
        names.push(unknownName(tree, argument.node, "it is unpacked from a sequence"));
      }
    }
  }
  return { names, options, scope: use.api.scope ?? scopeByExternal(options) };
}

/** The parameter an argument is for; `name` for all that are names of locks. */
function parameterOf(
  argument: ArgumentNode,
  api: LockApi,
  position: number,
  tree: SyntaxTree,
): string | undefined {
  switch (argument.kind) {
    case "splat":
      return "*";
    case "keyword": {
      const keyword = textOf(tree, argument.name);
      return keyword === "lock_name" ? "name" : keyword;
    }
    case "positional": {
      const parameter = api.positional[0] === "..." ? "name" : api.positional[position];
      return parameter === "lock_name" ? "name" : parameter;
    }
  }
}

/** `True` and `None` cannot name a lock: they are options at the wrong place. */
function isConstantOtherThanText(value: SyntaxNode): boolean {
  return ["true", "false", "none", "integer", "float"].includes(value.type);
}

function optionOf(tree: SyntaxTree, argument: ArgumentNode, parameter: string | undefined): LockOption {
  const range = rangeOf(argument.node);
  if (argument.kind === "splat") {
    const source = textOf(tree, argument.node);
    return { parameter: "*", by: "unpacking", source, range, valueRange: range, value: { kind: "other" } };
  }
  return {
    parameter,
    by: argument.kind === "keyword" ? "keyword" : "position",
    source: textOf(tree, argument.value),
    range,
    valueRange: rangeOf(argument.value),
    value: constantValueOf(tree, argument.value),
  };
}

function constantValueOf(tree: SyntaxTree, node: SyntaxNode): OptionValue {
  switch (node.type) {
    case "true":
      return { kind: "boolean", value: true };
    case "false":
      return { kind: "boolean", value: false };
    case "none":
      return { kind: "none" };
    case "integer":
    case "float":
      return { kind: "number" };
    default: {
      const value = staticTextOf(tree, node);
      return value === undefined ? { kind: "other" } : { kind: "text", value };
    }
  }
}

/** `external=True` makes a lock exclude the whole node; without it, it excludes within the process (SEMANTICS §7). */
function scopeByExternal(options: readonly LockOption[]): Scope {
  const external = options.find((option) => option.parameter === "external");
  if (external === undefined) {
    return options.some((option) => option.by === "unpacking") ? "unknown" : "process";
  }
  if (external.value.kind !== "boolean") {
    return "unknown";
  }
  return external.value.value ? "node" : "process";
}
