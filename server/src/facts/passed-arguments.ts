import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import type { ArgumentNode } from "../syntax/python-nodes.ts";
import { argumentsOf } from "../syntax/python-nodes.ts";
import type { LockApi } from "./lock-apis.ts";
import { lockNameOf, unknownName } from "./lock-name.ts";
import type { LockName, LockOption, OptionValue, PassedArgument, Scope } from "./model.ts";
import { constantTextOf, expressionValue, type Value } from "./value.ts";

/** The arguments of a call, before it matters what is called. */
export function passedArguments(tree: SyntaxTree, call: SyntaxNode): readonly PassedArgument[] {
  return argumentsOf(call).map((argument) => passedArgument(tree, argument));
}

function passedArgument(tree: SyntaxTree, argument: ArgumentNode): PassedArgument {
  const range = rangeOf(argument.node);
  if (argument.kind === "splat") {
    const isSequence = argument.node.type === "list_splat";
    const name = unknownName(tree, argument.node, "it is unpacked from a sequence");
    return {
      by: isSequence ? "sequence" : "mapping",
      keyword: undefined,
      source: textOf(tree, argument.node),
      range,
      valueRange: range,
      value: { kind: "opaque", source: textOf(tree, argument.node) },
      name,
      template: name,
    };
  }
  const source = textOf(tree, argument.value);
  const name = lockNameOf(tree, argument.value, false);
  return {
    by: argument.kind === "keyword" ? "keyword" : "position",
    keyword: argument.kind === "keyword" ? textOf(tree, argument.name) : undefined,
    source,
    range,
    valueRange: rangeOf(argument.value),
    value: expressionValue(tree, argument.value),
    name,
    template: /[{}\\]/.test(source) ? lockNameOf(tree, argument.value, true) : name,
  };
}

/** What a lock API makes of its arguments. */
export interface LockArguments {
  readonly names: readonly LockName[];
  readonly options: readonly LockOption[];
  readonly scope: Scope;
}

export function argumentsFor(api: LockApi, passed: readonly PassedArgument[]): LockArguments {
  const names: LockName[] = [];
  const options: LockOption[] = [];
  let position = 0;
  for (const argument of passed) {
    const parameter = parameterOf(argument, api, position);
    if (argument.by === "position") {
      position += 1;
    }
    const isName = parameter === "name" && !isConstantOtherThanText(argument.value);
    if (isName || (argument.by === "sequence" && api.positional[0] === "...")) {
      names.push(api.expandsFields ? argument.template : argument.name);
    }
    if (!isName) {
      options.push(optionOf(argument, parameter));
    }
  }
  return { names, options, scope: api.scope ?? scopeByExternal(options) };
}

/** The parameter an argument is for; `name` for all that are names of locks. */
function parameterOf(argument: PassedArgument, api: LockApi, position: number): string | undefined {
  switch (argument.by) {
    case "sequence":
    case "mapping":
      return "*";
    case "keyword":
      return argument.keyword === "lock_name" ? "name" : argument.keyword;
    case "position": {
      const parameter = api.positional[0] === "..." ? "name" : api.positional[position];
      return parameter === "lock_name" ? "name" : parameter;
    }
  }
}

/** `True` and `None` cannot name a lock: they are options at the wrong place. */
function isConstantOtherThanText(value: Value): boolean {
  return ["boolean", "number", "none"].includes(optionValueOf(value).kind);
}

function optionOf(argument: PassedArgument, parameter: string | undefined): LockOption {
  const isUnpacked = argument.by === "sequence" || argument.by === "mapping";
  return {
    parameter,
    by: isUnpacked ? "unpacking" : argument.by,
    source: argument.source,
    range: argument.range,
    valueRange: argument.valueRange,
    value: optionValueOf(argument.value),
  };
}

/** A value as far as it is a constant. */
export function optionValueOf(value: Value): OptionValue {
  const text = constantTextOf(value);
  if (text !== undefined) {
    return { kind: "text", value: text };
  }
  switch (value.kind) {
    case "name":
      return { kind: "name", name: value.name };
    case "opaque":
      return constantWritten(value.source);
    default:
      return { kind: "other" };
  }
}

function constantWritten(source: string): OptionValue {
  switch (source) {
    case "True":
      return { kind: "boolean", value: true };
    case "False":
      return { kind: "boolean", value: false };
    case "None":
      return { kind: "none" };
    default:
      return /^[\d.]/.test(source) && Number.isFinite(Number(source.replaceAll("_", "")))
        ? { kind: "number" }
        : { kind: "other" };
  }
}

/** `external=True` makes a lock exclude the whole node; without it, it excludes within the process (SEMANTICS §7). */
export function scopeByExternal(options: readonly LockOption[]): Scope {
  const external = options.find((option) => option.parameter === "external");
  if (external === undefined) {
    return options.some((option) => option.by === "unpacking") ? "unknown" : "process";
  }
  if (external.value.kind !== "boolean") {
    return "unknown";
  }
  return external.value.value ? "node" : "process";
}
