import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "./engine.ts";
import { rangeOf, textOf } from "./engine.ts";
import { namedChildrenOf } from "./python-nodes.ts";

/**
 * What an expression's text is known to be: pieces of fixed text with expressions between them.
 * `'emc-' + host` is a text and an expression; a lone variable is one expression.
 */
export type TextPiece =
  | {
      readonly kind: "text";
      /** The characters at run time, escapes resolved. */
      readonly text: string;
      /**
       * Where each of them stands in the source: `offsets[i]` is the offset of `text[i]`, and one more entry tells
       * where the last ends.
       */
      readonly offsets: readonly number[];
    }
  | {
      readonly kind: "expression";
      /** As written, with conversion and format of an f-string: `volume.id`, `x!r:>10`. */
      readonly source: string;
      readonly range: TextRange;
    };

/**
 * The pieces of an expression that surely is a text: literals, also side by side, concatenations, `%` and f-strings.
 * `undefined` where it may be anything.
 */
export function staticPiecesOf(tree: SyntaxTree, node: SyntaxNode): readonly TextPiece[] | undefined {
  switch (node.type) {
    case "string":
      return stringPieces(tree, node);
    case "concatenated_string":
      return allOrNothing(namedChildrenOf(node).map((part) => staticPiecesOf(tree, part)));
    case "parenthesized_expression": {
      const inner = namedChildrenOf(node)[0];
      return inner === undefined ? undefined : staticPiecesOf(tree, inner);
    }
    case "binary_operator":
      return operatorPieces(tree, node);
    default:
      return undefined;
  }
}

function expressionPiece(tree: SyntaxTree, node: SyntaxNode): TextPiece {
  return { kind: "expression", source: textOf(tree, node), range: rangeOf(node) };
}

function allOrNothing(
  lists: readonly (readonly TextPiece[] | undefined)[],
): readonly TextPiece[] | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? known.flat() : undefined;
}

function operatorPieces(tree: SyntaxTree, node: SyntaxNode): readonly TextPiece[] | undefined {
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  const operator = node.childForFieldName("operator")?.type;
  if (left === null || right === null) {
    return undefined;
  }
  if (operator === "+") {
    const [first, second] = [staticPiecesOf(tree, left), staticPiecesOf(tree, right)];
    // `a + b` may add numbers; one side that is surely a text makes the whole a text.
    return first === undefined && second === undefined
      ? undefined
      : [...(first ?? [expressionPiece(tree, left)]), ...(second ?? [expressionPiece(tree, right)])];
  }
  if (operator === "%") {
    const format = staticPiecesOf(tree, left);
    return format === undefined ? undefined : percentPieces(tree, format, right);
  }
  return undefined;
}

// Strings ---------------------------------------------------------------------------------------------------------

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\\n", ""],
  ["\\\r\n", ""],
  ["\\\\", "\\"],
  ["\\'", "'"],
  ['\\"', '"'],
  ["\\a", "\u0007"],
  ["\\b", "\b"],
  ["\\f", "\f"],
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
  ["\\v", "\v"],
]);

function stringPieces(tree: SyntaxTree, node: SyntaxNode): readonly TextPiece[] | undefined {
  const [start, ...rest] = namedChildrenOf(node);
  const end = rest.pop();
  if (start?.type !== "string_start" || end?.type !== "string_end") {
    return undefined;
  }
  const prefix = textOf(tree, start).toLowerCase();
  if (prefix.includes("b") || prefix.includes("t")) {
    return undefined; // Bytes are no text, and a template string is an object.
  }
  return allOrNothing(rest.map((part) => stringPart(tree, part)));
}

function stringPart(tree: SyntaxTree, part: SyntaxNode): readonly TextPiece[] | undefined {
  if (part.type === "interpolation") {
    const range = { start: part.startIndex + 1, end: part.endIndex - 1 };
    return [{ kind: "expression", source: tree.text.slice(range.start, range.end).trim(), range }];
  }
  const piece = new TextBuilder();
  let at = part.startIndex;
  for (const sequence of namedChildrenOf(part)) {
    const character = resolveEscape(textOf(tree, sequence));
    if (character === undefined) {
      return undefined;
    }
    piece.addSource(tree.text, at, sequence.startIndex);
    piece.add(character, sequence.startIndex, sequence.endIndex);
    at = sequence.endIndex;
  }
  piece.addSource(tree.text, at, part.endIndex);
  return [piece.build()];
}

/** What an escape stands for; `undefined` for `\N{BULLET}`, as we have no table of the names of characters. */
function resolveEscape(sequence: string): string | undefined {
  const simple = SIMPLE_ESCAPES.get(sequence);
  if (simple !== undefined) {
    return simple;
  }
  if (sequence === "{{" || sequence === "}}") {
    return sequence.slice(1);
  }
  const hexadecimal = /^\\(?:x|u|U)([0-9a-fA-F]+)$/.exec(sequence)?.[1];
  if (hexadecimal !== undefined) {
    return characterOf(Number.parseInt(hexadecimal, 16)) ?? sequence;
  }
  if (sequence.startsWith("\\N")) {
    return undefined;
  }
  const octal = /^\\([0-7]{1,3})$/.exec(sequence)?.[1];
  return octal === undefined ? sequence : String.fromCharCode(Number.parseInt(octal, 8));
}

function characterOf(codePoint: number): string | undefined {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}

/** Gathers the characters of a piece of text and where each comes from. */
class TextBuilder {
  readonly #text: string[] = [];
  readonly #offsets: number[] = [];
  #end: number | undefined;

  /** Characters that stand in the source as they are. */
  addSource(source: string, start: number, end: number): void {
    for (let offset = start; offset < end; offset += 1) {
      this.#text.push(source.charAt(offset));
      this.#offsets.push(offset);
      this.#end = offset + 1;
    }
  }

  /** Characters that the source spells otherwise. */
  add(text: string, start: number, end: number): void {
    for (const unit of text.split("")) {
      this.#text.push(unit);
      this.#offsets.push(start);
      this.#end = end;
    }
  }

  build(): TextPiece {
    return {
      kind: "text",
      text: this.#text.join(""),
      offsets: this.#end === undefined ? this.#offsets : [...this.#offsets, this.#end],
    };
  }
}

// The `%` operator -------------------------------------------------------------------------------------------------

const CONVERSION =
  /%(?:\((?<key>[^)]*)\))?(?:[#0\- +]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlL]?)(?<type>[a-zA-Z%])/g;

type Operands =
  | { readonly kind: "positional"; readonly values: readonly (readonly TextPiece[])[] }
  | { readonly kind: "mapping"; readonly values: ReadonlyMap<string, readonly TextPiece[]> };

function percentPieces(
  tree: SyntaxTree,
  format: readonly TextPiece[],
  right: SyntaxNode,
): readonly TextPiece[] | undefined {
  const operands = operandsOf(tree, right);
  if (operands === undefined) {
    return undefined;
  }
  const pieces: TextPiece[] = [];
  let used = 0;
  for (const piece of format) {
    if (piece.kind === "expression") {
      return undefined; // The expression's own text may contain conversions.
    }
    let at = 0;
    for (const match of piece.text.matchAll(CONVERSION)) {
      pieces.push(sliceOf(piece, at, match.index));
      at = match.index + match[0].length;
      if (match.groups?.["type"] === "%") {
        pieces.push(sliceOf(piece, at - 1, at));
        continue;
      }
      const operand = operandFor(operands, match.groups?.["key"], used);
      if (operand === undefined || match[0].includes("*")) {
        return undefined;
      }
      used += 1;
      pieces.push(...operand);
    }
    pieces.push(sliceOf(piece, at, piece.text.length));
  }
  return operands.kind === "positional" && used !== operands.values.length ? undefined : pieces;
}

function operandsOf(tree: SyntaxTree, node: SyntaxNode): Operands | undefined {
  switch (node.type) {
    case "tuple":
      return {
        kind: "positional",
        values: namedChildrenOf(node).map((value) => operandPieces(tree, value)),
      };
    case "dictionary":
      return mappingOf(tree, node);
    case "parenthesized_expression": {
      const inner = namedChildrenOf(node)[0];
      return inner === undefined ? undefined : operandsOf(tree, inner);
    }
    default:
      return { kind: "positional", values: [operandPieces(tree, node)] };
  }
}

/** A literal is put in as it is; all else is a field, even if parts of it are known. */
function operandPieces(tree: SyntaxTree, value: SyntaxNode): readonly TextPiece[] {
  const pieces = staticPiecesOf(tree, value);
  return pieces?.every((piece) => piece.kind === "text") ? pieces : [expressionPiece(tree, value)];
}

function mappingOf(tree: SyntaxTree, dictionary: SyntaxNode): Operands | undefined {
  const values = new Map<string, readonly TextPiece[]>();
  for (const pair of namedChildrenOf(dictionary)) {
    const key = pair.childForFieldName("key");
    const value = pair.childForFieldName("value");
    if (pair.type !== "pair" || key === null || value === null) {
      return undefined;
    }
    const [name, ...more] = staticPiecesOf(tree, key) ?? [];
    if (name?.kind !== "text" || more.length > 0) {
      return undefined;
    }
    values.set(name.text, operandPieces(tree, value));
  }
  return { kind: "mapping", values };
}

function operandFor(
  operands: Operands,
  key: string | undefined,
  used: number,
): readonly TextPiece[] | undefined {
  if (operands.kind === "mapping") {
    return key === undefined ? undefined : operands.values.get(key);
  }
  return key === undefined ? operands.values[used] : undefined;
}

function sliceOf(piece: TextPiece & { readonly kind: "text" }, start: number, end: number): TextPiece {
  return { kind: "text", text: piece.text.slice(start, end), offsets: piece.offsets.slice(start, end + 1) };
}
