import { type FormatField, parseFormatString } from "../base/format-string.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "./engine.ts";
import { rangeOf, textOf } from "./engine.ts";
import { argumentsOf, methodCalled, namedChildrenOf } from "./python-nodes.ts";

/**
 * What an expression's text is known to be: pieces of fixed text with expressions between them.
 * `'emc-' + host` is a text and an expression; a lone variable is one expression.
 */
export type TextPiece =
  | {
      readonly kind: "text";
      /** The characters at run time, escapes resolved. */
      readonly text: string;
      /** Where each of them stands in the source: `text[i]` is spelled from `starts[i]` up to `ends[i]`. */
      readonly starts: readonly number[];
      readonly ends: readonly number[];
    }
  | {
      readonly kind: "expression";
      /** As written, with conversion and format of an f-string: `volume.id`, `x!r:>10`. */
      readonly source: string;
      readonly range: TextRange;
      /** The expression itself; `undefined` where a conversion or format changes its text. */
      readonly node: SyntaxNode | undefined;
    };

export type Text = TextPiece & { readonly kind: "text" };

/** How deep expressions are followed; Python itself refuses more than two hundred parentheses in each other. */
const DEEPEST = 200;

/**
 * The pieces of an expression that surely is a text: literals, also side by side, concatenations, `%`, `format` and
 * f-strings.
 * `undefined` where it may be anything.
 */
export function staticPiecesOf(tree: SyntaxTree, node: SyntaxNode): readonly TextPiece[] | undefined {
  return piecesWithin(tree, node, DEEPEST);
}

function piecesWithin(tree: SyntaxTree, node: SyntaxNode, levels: number): readonly TextPiece[] | undefined {
  if (levels === 0) {
    return undefined;
  }
  switch (node.type) {
    case "string":
      return stringPieces(tree, node);
    case "concatenated_string":
      return allOrNothing(namedChildrenOf(node).map((part) => stringPieces(tree, part)));
    case "parenthesized_expression": {
      const inner = namedChildrenOf(node)[0];
      return inner === undefined ? undefined : piecesWithin(tree, inner, levels - 1);
    }
    case "binary_operator":
      return operatorPieces(tree, node, levels - 1);
    case "call":
      return formatPieces(tree, node, levels - 1);
    default:
      return undefined;
  }
}

/** Neighboring texts as one: a field may begin in one literal and end in the next. */
export function joinTexts(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const joined: TextPiece[] = [];
  let texts: Text[] = [];
  const endTexts = (): void => {
    if (0 < texts.length) {
      joined.push(oneText(texts));
      texts = [];
    }
  };
  for (const piece of pieces) {
    if (piece.kind === "text") {
      texts.push(piece);
    } else {
      endTexts();
      joined.push(piece);
    }
  }
  endTexts();
  return joined;
}

function oneText(texts: readonly Text[]): Text {
  return {
    kind: "text",
    text: texts.map(({ text }) => text).join(""),
    starts: texts.flatMap(({ starts }) => starts),
    ends: texts.flatMap(({ ends }) => ends),
  };
}

/** The text of an expression that is nothing but known text: `'a-' 'b'`. */
export function staticTextOf(tree: SyntaxTree, node: SyntaxNode): string | undefined {
  return onlyText(staticPiecesOf(tree, node));
}

function onlyText(pieces: readonly TextPiece[] | undefined): string | undefined {
  const texts = pieces?.filter((piece) => piece.kind === "text");
  return texts !== undefined && texts.length === pieces?.length
    ? texts.map(({ text }) => text).join("")
    : undefined;
}

function expressionPiece(tree: SyntaxTree, node: SyntaxNode): TextPiece {
  return { kind: "expression", source: textOf(tree, node), range: rangeOf(node), node };
}

function allOrNothing(
  lists: readonly (readonly TextPiece[] | undefined)[],
): readonly TextPiece[] | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? known.flat() : undefined;
}

function operatorPieces(
  tree: SyntaxTree,
  node: SyntaxNode,
  levels: number,
): readonly TextPiece[] | undefined {
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  const operator = node.childForFieldName("operator")?.type;
  if (left === null || right === null) {
    return undefined;
  }
  if (operator === "+") {
    const [first, second] = [piecesWithin(tree, left, levels), piecesWithin(tree, right, levels)];
    // `a + b` may add numbers; one side that is surely a text makes the whole a text.
    return first === undefined && second === undefined
      ? undefined
      : [...(first ?? [expressionPiece(tree, left)]), ...(second ?? [expressionPiece(tree, right)])];
  }
  if (operator === "%") {
    const format = piecesWithin(tree, left, levels);
    return format === undefined ? undefined : percentPieces(tree, format, right, levels);
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

/** A string on one line, without anything that stands for something else, or might. */
const PLAIN_STRING = /^[rRuU]?(["'])[^"'\\{}\r\n]*\1$/;

function stringPieces(tree: SyntaxTree, node: SyntaxNode): readonly TextPiece[] | undefined {
  const quote = PLAIN_STRING.exec(textOf(tree, node))?.[1];
  if (quote !== undefined) {
    const start = tree.text.indexOf(quote, node.startIndex) + 1;
    return [new TextBuilder().addSource(tree.text, start, node.endIndex - 1).build()];
  }
  const [start, ...rest] = namedChildrenOf(node);
  const end = rest.pop();
  if (start?.type !== "string_start" || end?.type !== "string_end") {
    return undefined;
  }
  const prefix = textOf(tree, start).toLowerCase();
  if (prefix.includes("b") || prefix.includes("t")) {
    return undefined; // Bytes are no text, and a template string is an object.
  }
  // The parser takes `\\` for a part of the closing quote where nothing else is before it in a raw string.
  const contentEnd = end.endIndex - (/["']*$/.exec(prefix)?.[0].length ?? 0);
  const swallowed = new TextBuilder().addSource(tree.text, end.startIndex, contentEnd).build();
  return allOrNothing([...rest.map((part) => stringPart(tree, part, prefix.includes("r"))), [swallowed]]);
}

function stringPart(tree: SyntaxTree, part: SyntaxNode, isRaw: boolean): readonly TextPiece[] | undefined {
  if (part.type === "interpolation") {
    const range = { start: part.startIndex + 1, end: part.endIndex - 1 };
    const source = tree.text.slice(range.start, range.end).trim();
    const node = part.childForFieldName("expression") ?? undefined;
    const isPlain = node?.endIndex === range.end && node.startIndex === range.start;
    return [{ kind: "expression", source, range, node: isPlain ? node : undefined }];
  }
  const piece = new TextBuilder();
  let at = part.startIndex;
  for (const sequence of namedChildrenOf(part).filter(({ type }) => !isRaw || type !== "escape_sequence")) {
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
  if (sequence === "{{" || sequence === "}}") {
    return sequence.slice(1);
  }
  const simple = SIMPLE_ESCAPES.get(sequence);
  if (simple !== undefined) {
    return simple;
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
  #text = "";
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Characters that stand in the source as they are; a line end is `\n`, however the file writes it. */
  addSource(source: string, start: number, end: number): this {
    let offset = start;
    for (const line of source.slice(start, end).split(/(\r\n?)/)) {
      if (line.startsWith("\r")) {
        this.add("\n", offset, offset + line.length);
      } else {
        this.#addAsItIs(line, offset);
      }
      offset += line.length;
    }
    return this;
  }

  #addAsItIs(text: string, start: number): void {
    this.#text += text;
    for (let offset = start; offset < start + text.length; offset += 1) {
      this.#starts.push(offset);
      this.#ends.push(offset + 1);
    }
  }

  /** Characters that the source spells otherwise. */
  add(text: string, start: number, end: number): void {
    this.#text += text;
    for (let unit = 0; unit < text.length; unit += 1) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  build(): TextPiece {
    return { kind: "text", text: this.#text, starts: this.#starts, ends: this.#ends };
  }
}

// `format` -----------------------------------------------------------------------------------------------------------

/** `'{}-{host}'.format(pool, host=name)`, where all that is put in is passed by its own name or position. */
function formatPieces(tree: SyntaxTree, call: SyntaxNode, levels: number): readonly TextPiece[] | undefined {
  const called = methodCalled(tree, call);
  if (called?.method !== "format") {
    return undefined;
  }
  const [format, ...others] = joinTexts(piecesWithin(tree, called.object, levels) ?? []);
  const passed = argumentsOf(call);
  if (format?.kind !== "text" || 0 < others.length || passed.some(({ kind }) => kind === "splat")) {
    return undefined;
  }
  let automatic = 0;
  const pieces = parseFormatString(format.text)?.map((segment): readonly TextPiece[] | undefined => {
    if (segment.kind === "text") {
      return [unescaped(format, segment.start, segment.end)];
    }
    const { root } = segment;
    const position = root.text === "" ? automatic : Number(root.text);
    automatic += root.text === "" ? 1 : 0;
    const argument = Number.isNaN(position)
      ? passed.find((each) => each.kind === "keyword" && textOf(tree, each.name) === root.text)
      : passed.filter(({ kind }) => kind === "positional")[position];
    return argument === undefined || argument.kind === "splat"
      ? undefined
      : fieldPieces(tree, format, segment, argument.value, levels);
  });
  return pieces && allOrNothing(pieces);
}

/** What is put in for a field; `{volume.id}` and `{size:03d}` say more than the argument alone. */
function fieldPieces(
  tree: SyntaxTree,
  format: Text,
  field: FormatField,
  value: SyntaxNode,
  levels: number,
): readonly TextPiece[] {
  const rest = format.text.slice(field.root.end, field.end - 1);
  return rest === ""
    ? operandPieces(tree, value, levels)
    : [{ kind: "expression", source: textOf(tree, value) + rest, range: rangeOf(value), node: undefined }];
}

/** A stretch of a format's text, in which braces are doubled. */
function unescaped(format: Text, start: number, end: number): TextPiece {
  const kept = [...Array(end - start).keys()]
    .map((at) => start + at)
    .filter((at, _position, all) => !isSecondBrace(format.text, at, all[0] ?? at));
  return {
    kind: "text",
    text: kept.map((at) => format.text.charAt(at)).join(""),
    starts: kept.map((at) => format.starts[at] ?? 0),
    ends: kept.map((at) => format.ends[at] ?? 0),
  };
}

/** Whether a brace stands behind its own twin. */
function isSecondBrace(text: string, at: number, start: number): boolean {
  let run = 0;
  while (start <= at - run - 1 && text.charAt(at - run - 1) === text.charAt(at)) {
    run += 1;
  }
  return /[{}]/.test(text.charAt(at)) && run % 2 === 1;
}

// The `%` operator -------------------------------------------------------------------------------------------------

const CONVERSION =
  /%(?:\((?<key>[^()]*)\))?(?<format>[#0\- +]*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?[hlL]?)(?<type>[diouxXeEfFgGcrsa%])/g;

type Operands =
  | { readonly kind: "positional"; readonly values: readonly SyntaxNode[] }
  | { readonly kind: "mapping"; readonly values: ReadonlyMap<string, SyntaxNode> };

function percentPieces(
  tree: SyntaxTree,
  format: readonly TextPiece[],
  right: SyntaxNode,
  levels: number,
): readonly TextPiece[] | undefined {
  const operands = operandsOf(tree, right, levels);
  if (operands === undefined) {
    return undefined;
  }
  const lists: (readonly TextPiece[])[] = [];
  let used = 0;
  for (const piece of format) {
    // An expression's own text may contain conversions, and what is no conversion Python refuses.
    if (piece.kind === "expression" || piece.text.replaceAll(CONVERSION, "").includes("%")) {
      return undefined;
    }
    let at = 0;
    for (const match of piece.text.matchAll(CONVERSION)) {
      lists.push([sliceOf(piece, at, match.index)]);
      at = match.index + match[0].length;
      if (match.groups?.["type"] === "%") {
        lists.push([sliceOf(piece, at - 1, at)]);
        continue;
      }
      const operand = operandFor(operands, match.groups?.["key"], used);
      if (operand === undefined || match.groups?.["format"]?.includes("*")) {
        return undefined;
      }
      used += 1;
      lists.push(
        /%s$|\)s$/.test(match[0]) ? operandPieces(tree, operand, levels) : [expressionPiece(tree, operand)],
      );
    }
    lists.push([sliceOf(piece, at, piece.text.length)]);
  }
  return operands.kind === "positional" && used !== operands.values.length ? undefined : lists.flat();
}

function operandsOf(tree: SyntaxTree, node: SyntaxNode, levels: number): Operands | undefined {
  switch (node.type) {
    case "tuple": {
      const values = namedChildrenOf(node);
      return values.some((value) => value.type === "list_splat") ? undefined : { kind: "positional", values };
    }
    case "dictionary":
      return mappingOf(tree, node, levels);
    case "parenthesized_expression": {
      const inner = namedChildrenOf(node)[0];
      return inner === undefined || levels === 0 ? undefined : operandsOf(tree, inner, levels - 1);
    }
    default:
      return { kind: "positional", values: [node] };
  }
}

/** `%s` puts a text in as it is; all else is a field, even if parts of it are known. */
function operandPieces(tree: SyntaxTree, value: SyntaxNode, levels: number): readonly TextPiece[] {
  const pieces = piecesWithin(tree, value, levels);
  return pieces === undefined || onlyText(pieces) === undefined ? [expressionPiece(tree, value)] : pieces;
}

function mappingOf(tree: SyntaxTree, dictionary: SyntaxNode, levels: number): Operands | undefined {
  const values = new Map<string, SyntaxNode>();
  for (const pair of namedChildrenOf(dictionary)) {
    const key = pair.childForFieldName("key");
    const value = pair.childForFieldName("value");
    if (pair.type !== "pair" || key === null || value === null) {
      return undefined;
    }
    const name = onlyText(piecesWithin(tree, key, levels));
    if (name === undefined) {
      return undefined;
    }
    values.set(name, value);
  }
  return { kind: "mapping", values };
}

function operandFor(operands: Operands, key: string | undefined, used: number): SyntaxNode | undefined {
  if (operands.kind === "mapping") {
    return key === undefined ? undefined : operands.values.get(key);
  }
  return key === undefined ? operands.values[used] : undefined;
}

function sliceOf(piece: Text, start: number, end: number): TextPiece {
  return {
    kind: "text",
    text: piece.text.slice(start, end),
    starts: piece.starts.slice(start, end),
    ends: piece.ends.slice(start, end),
  };
}
