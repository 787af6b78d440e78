import type { FormatField, FormatName } from "../base/format-string.ts";
import { parseFormatString } from "../base/format-string.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import type { Text, TextPiece } from "../syntax/static-text.ts";
import { joinTexts, staticPiecesOf } from "../syntax/static-text.ts";
import type { LockName, NameField, NamePart, RangedText } from "./model.ts";
import { expressionValue, pieceValue, type Value } from "./value.ts";

/** Reads an argument as a lock's name. `expandsFields` tells whether the API replaces `{field}` in it. */
export function lockNameOf(tree: SyntaxTree, node: SyntaxNode, expandsFields: boolean): LockName {
  const pieces = staticPiecesOf(tree, node);
  if (pieces === undefined) {
    return unknownName(tree, node, "it is computed elsewhere");
  }
  const read = joinTexts(pieces).map((piece) => partsOf(tree, piece, expandsFields));
  const parts = read.filter((known) => known !== undefined).flat();
  return read.includes(undefined)
    ? unknownName(tree, node, "it is no valid format string")
    : { kind: "template", range: rangeOf(node), source: textOf(tree, node), parts };
}

export function unknownName(tree: SyntaxTree, node: SyntaxNode, reason: string): LockName {
  return {
    kind: "unknown",
    range: rangeOf(node),
    source: textOf(tree, node),
    value: expressionValue(tree, node),
    reason,
  };
}

/** The name as one text, fields in braces: `{volume.id}-delete`; `undefined` where the name is unknown. */
export function templateOf(name: LockName): string | undefined {
  if (name.kind === "unknown") {
    return undefined;
  }
  return name.parts.map((part) => (part.kind === "text" ? part.text : `{${part.source}}`)).join("");
}

export function fieldsOf(name: LockName): readonly NameField[] {
  return name.kind === "unknown" ? [] : name.parts.filter((part) => part.kind === "field");
}

function partsOf(
  tree: SyntaxTree,
  piece: TextPiece,
  expandsFields: boolean,
): readonly NamePart[] | undefined {
  if (piece.kind === "expression") {
    return [
      {
        kind: "field",
        source: piece.source,
        range: piece.range,
        origin: "expression",
        value: pieceValue(tree, piece),
        root: { text: piece.source, range: piece.range },
        keys: [],
      },
    ];
  }
  if (piece.text === "") {
    return [];
  }
  if (!expandsFields) {
    return [textPart(piece, 0, piece.text.length)];
  }
  return parseFormatString(piece.text)?.map((segment) =>
    segment.kind === "text" ? textPart(piece, segment.start, segment.end) : fieldPart(piece, segment),
  );
}

function textPart(piece: Text, start: number, end: number): NamePart {
  return { kind: "text", text: piece.text.slice(start, end), range: sourceRange(piece, start, end) };
}

function fieldPart(piece: Text, field: FormatField): NameField {
  return {
    kind: "field",
    source: piece.text.slice(field.start + 1, field.end - 1),
    range: sourceRange(piece, field.start, field.end),
    origin: "template",
    value: fieldValue(piece.text.slice(field.start + 1, field.end - 1)),
    root: rangedText(piece, field.root),
    keys: field.keys.map((key) => rangedText(piece, key)),
  };
}

/** What a field of a format string looks up: `self.lock[do_setup]`. With a conversion or format it is another text. */
export function fieldValue(source: string): Value {
  const [, name, key] = /^([A-Za-z_]\w*(?:\.\w+)*)(?:\[([^\]]*)\])?$/.exec(source) ?? [];
  if (name === undefined) {
    return { kind: "opaque", source };
  }
  const value: Value = { kind: "name", name };
  return key === undefined ? value : { kind: "item", of: value, key, otherwise: undefined };
}

function rangedText(piece: Text, name: FormatName): RangedText {
  return { text: name.text, range: sourceRange(piece, name.start, name.end) };
}

/** Where the characters from `start` to `end` stand in the source; what `%` puts in stands behind what follows it. */
function sourceRange({ starts, ends }: Text, start: number, end: number): TextRange {
  const first = starts[start] ?? ends.at(-1) ?? 0;
  return start === end
    ? { start: first, end: first }
    : {
        start: starts.slice(start, end).reduce((least, each) => Math.min(least, each), first),
        end: ends.slice(start, end).reduce((most, each) => Math.max(most, each), first),
      };
}

/** The values that a name is made of. */
export function valuesOfName(name: LockName): readonly Value[] {
  return name.kind === "unknown" ? [name.value] : fieldsOf(name).map((field) => field.value);
}

/** Those of them whose names are variables: a template's own fields name parameters. */
export function expressionsOfName(name: LockName): readonly Value[] {
  return name.kind === "unknown"
    ? [name.value]
    : fieldsOf(name).flatMap((field) => (field.origin === "expression" ? field.value : []));
}
