import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { textOf } from "../syntax/engine.ts";
import { argumentsOf, isDottedName, methodCalled, namedChildrenOf } from "../syntax/python-nodes.ts";
import { staticPiecesOf, staticTextOf, type TextPiece } from "../syntax/static-text.ts";

/**
 * What an expression is, as far as its own words tell: a recipe that the whole project can follow to a text. Names are
 * looked up later, where it is known which class and which module they stand for.
 */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  /** Texts behind each other: `'emc-' + host`, `'%s-%s' % (a, b)`, `f'{a}-{b}'`, `'-'.join([a, b])`. */
  | { readonly kind: "joined"; readonly parts: readonly Value[] }
  /** `PREFIX`, `constants.PREFIX`, `self.driver_prefix`. */
  | { readonly kind: "name"; readonly name: string }
  /** `self.lock['do_setup']`, `args[0]`, `kwargs.get('volume')`: what a mapping or sequence has at a known key. */
  | {
      readonly kind: "item";
      readonly of: Value;
      readonly key: string;
      /** What it is where the key is not known to be there: `kwargs.get('volume', otherwise)`. */
      readonly otherwise: Value | undefined;
    }
  /** `arguments['volume'].id`: an attribute of what is no plain name. */
  | { readonly kind: "attribute"; readonly of: Value; readonly name: string }
  /** `threading.Lock()`, `PowerMaxCommon('FC')`: what calling a plain name gives. */
  | {
      readonly kind: "call";
      readonly callee: string;
      readonly passed: readonly ValueArgument[];
      readonly source: string;
    }
  | {
      readonly kind: "mapping";
      readonly entries: ReadonlyMap<string, Value>;
      /** Whether it surely has no other keys. */
      readonly isComplete: boolean;
    }
  /** One of several, as `a if c else b` and `a or b` are. */
  | { readonly kind: "choice"; readonly options: readonly Value[] }
  /** Anything else, as it is written. */
  | { readonly kind: "opaque"; readonly source: string };

/** An argument of a call; what is unpacked is left out. */
export interface ValueArgument {
  /** `undefined` for one by position. */
  readonly keyword: string | undefined;
  readonly value: Value;
}

/** How deep expressions are followed. */
const DEEPEST = 50;

export function expressionValue(tree: SyntaxTree, node: SyntaxNode, levels: number = DEEPEST): Value {
  if (levels === 0) {
    return opaque(tree, node);
  }
  const pieces = staticPiecesOf(tree, node);
  if (pieces !== undefined) {
    return joined(pieces.map((piece) => pieceValue(tree, piece, levels - 1)));
  }
  switch (node.type) {
    case "parenthesized_expression": {
      const inner = namedChildrenOf(node)[0];
      return inner === undefined ? opaque(tree, node) : expressionValue(tree, inner, levels - 1);
    }
    case "conditional_expression": {
      const [whenTrue, , whenFalse] = namedChildrenOf(node);
      return choice(
        [whenTrue, whenFalse].flatMap((each) =>
          each === undefined ? [] : expressionValue(tree, each, levels - 1),
        ),
      );
    }
    case "boolean_operator":
      return choice(namedChildrenOf(node).map((operand) => expressionValue(tree, operand, levels - 1)));
    case "subscript":
      return item(tree, node, levels);
    case "dictionary":
      return mapping(tree, node, levels);
    case "call":
      return methodCall(tree, node, levels) ?? plainCall(tree, node, levels) ?? opaque(tree, node);
    case "attribute":
      return isDottedName(node) ? dottedName(tree, node) : attribute(tree, node, levels);
    default:
      return isDottedName(node) ? dottedName(tree, node) : opaque(tree, node);
  }
}

/** The value of one piece of a text. */
export function pieceValue(tree: SyntaxTree, piece: TextPiece, levels: number = DEEPEST): Value {
  if (piece.kind === "text") {
    return { kind: "text", text: piece.text };
  }
  return piece.node === undefined
    ? { kind: "opaque", source: piece.source }
    : expressionValue(tree, piece.node, levels);
}

function opaque(tree: SyntaxTree, node: SyntaxNode): Value {
  return { kind: "opaque", source: textOf(tree, node) };
}

/** Several parts as one value; a part alone is itself. */
export function joined(parts: readonly Value[]): Value {
  const [first, ...more] = parts;
  return first !== undefined && more.length === 0 ? first : { kind: "joined", parts };
}

/** The text of a value that is nothing but text. */
export function constantTextOf(value: Value): string | undefined {
  if (value.kind !== "joined") {
    return value.kind === "text" ? value.text : undefined;
  }
  const texts = value.parts.map(constantTextOf);
  return texts.includes(undefined) ? undefined : texts.join("");
}

function choice(options: readonly Value[]): Value {
  return { kind: "choice", options };
}

function dottedName(tree: SyntaxTree, node: SyntaxNode): Value {
  return { kind: "name", name: textOf(tree, node).replace(/\s+/g, "") };
}

function attribute(tree: SyntaxTree, node: SyntaxNode, levels: number): Value {
  const of = node.childForFieldName("object");
  const name = node.childForFieldName("attribute");
  return of === null || name === null
    ? opaque(tree, node)
    : { kind: "attribute", of: expressionValue(tree, of, levels - 1), name: textOf(tree, name) };
}

function item(tree: SyntaxTree, node: SyntaxNode, levels: number): Value {
  const of = node.childForFieldName("value");
  const key = node.childForFieldName("subscript");
  const text = key === null ? undefined : keyOf(tree, key);
  return of === null || text === undefined
    ? opaque(tree, node)
    : { kind: "item", of: expressionValue(tree, of, levels - 1), key: text, otherwise: undefined };
}

/** A key that is written out: `'host'`, or the position `0`. */
function keyOf(tree: SyntaxTree, key: SyntaxNode): string | undefined {
  return key.type === "integer" ? textOf(tree, key) : staticTextOf(tree, key);
}

/** What asks a mapping for a key; the options of a driver are asked so, too. */
const GETTERS: ReadonlySet<string> = new Set(["get", "safe_get"]);

function methodCall(tree: SyntaxTree, call: SyntaxNode, levels: number): Value | undefined {
  const { object, method } = methodCalled(tree, call) ?? {};
  if (object === undefined || method === undefined) {
    return undefined;
  }
  if (method === "join") {
    const separator = staticTextOf(tree, object);
    return separator === undefined ? undefined : joinCall(tree, call, separator, levels);
  }
  return GETTERS.has(method) ? getCall(tree, call, object, levels) : undefined;
}

/** `kwargs.get('volume')` and `kwargs.get('volume', other)`. */
function getCall(tree: SyntaxTree, call: SyntaxNode, of: SyntaxNode, levels: number): Value | undefined {
  const [key, otherwise, ...more] = argumentsOf(call);
  const text = key?.kind === "positional" ? staticTextOf(tree, key.value) : undefined;
  if (text === undefined || 0 < more.length) {
    return undefined;
  }
  return {
    kind: "item",
    of: expressionValue(tree, of, levels - 1),
    key: text,
    otherwise:
      otherwise?.kind === "positional" ? expressionValue(tree, otherwise.value, levels - 1) : undefined,
  };
}

function plainCall(tree: SyntaxTree, call: SyntaxNode, levels: number): Value | undefined {
  const callee = call.childForFieldName("function");
  return callee === null || !isDottedName(callee)
    ? undefined
    : {
        kind: "call",
        callee: textOf(tree, callee).replace(/\s+/g, ""),
        passed: argumentsOf(call).flatMap((argument) =>
          argument.kind === "splat"
            ? []
            : {
                keyword: argument.kind === "keyword" ? textOf(tree, argument.name) : undefined,
                value: expressionValue(tree, argument.value, levels - 1),
              },
        ),
        source: textOf(tree, call),
      };
}

/** The entries whose keys are plain texts; the others can not be asked for by a known key. */
function mapping(tree: SyntaxTree, node: SyntaxNode, levels: number): Value {
  const entries = new Map<string, Value>();
  for (const pair of namedChildrenOf(node)) {
    const key = pair.childForFieldName("key");
    const value = pair.childForFieldName("value");
    const text = key === null ? undefined : staticTextOf(tree, key);
    if (value !== null && text !== undefined) {
      entries.set(text, expressionValue(tree, value, levels - 1));
    }
  }
  return { kind: "mapping", entries, isComplete: false };
}

/** `'-'.join([a, b])`. */
function joinCall(tree: SyntaxTree, call: SyntaxNode, separator: string, levels: number): Value | undefined {
  const [argument, ...more] = argumentsOf(call);
  if (
    argument?.kind !== "positional" ||
    0 < more.length ||
    !["list", "tuple"].includes(argument.value.type)
  ) {
    return undefined;
  }
  const items = namedChildrenOf(argument.value);
  if (items.some((each) => each.type === "list_splat")) {
    return undefined;
  }
  return joined(
    items.flatMap((each, position): readonly Value[] => [
      ...(position === 0 ? [] : [{ kind: "text" as const, text: separator }]),
      expressionValue(tree, each, levels - 1),
    ]),
  );
}

/** All names that a value is made of: `self.prefix`, `constants.PREFIX`. */
export function namesIn(value: Value): readonly string[] {
  switch (value.kind) {
    case "text":
    case "opaque":
      return [];
    case "name":
      return [value.name];
    case "joined":
      return value.parts.flatMap(namesIn);
    case "item":
      return [...namesIn(value.of), ...(value.otherwise === undefined ? [] : namesIn(value.otherwise))];
    case "attribute":
      return namesIn(value.of);
    case "call":
      return [value.callee, ...value.passed.flatMap((argument) => namesIn(argument.value))];
    case "mapping":
      return [...value.entries.values()].flatMap(namesIn);
    case "choice":
      return value.options.flatMap(namesIn);
  }
}

/** The value with all names that begin with one of these words left as they are: parameters, which calls decide. */
export function withoutNames(value: Value, words: ReadonlySet<string>): Value {
  switch (value.kind) {
    case "text":
    case "opaque":
      return value;
    case "name":
      return words.has(value.name.split(".", 1)[0] ?? "") ? { kind: "opaque", source: value.name } : value;
    case "joined":
      return { kind: "joined", parts: value.parts.map((part) => withoutNames(part, words)) };
    case "item":
      return {
        ...value,
        of: withoutNames(value.of, words),
        otherwise: value.otherwise && withoutNames(value.otherwise, words),
      };
    case "attribute":
      return { kind: "attribute", of: withoutNames(value.of, words), name: value.name };
    case "call":
      return words.has(value.callee.split(".", 1)[0] ?? "")
        ? { kind: "opaque", source: value.source }
        : {
            ...value,
            passed: value.passed.map((argument) => ({
              ...argument,
              value: withoutNames(argument.value, words),
            })),
          };
    case "mapping":
      return {
        ...value,
        entries: new Map([...value.entries].map(([key, entry]) => [key, withoutNames(entry, words)])),
      };
    case "choice":
      return { kind: "choice", options: value.options.map((option) => withoutNames(option, words)) };
  }
}
