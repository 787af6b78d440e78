import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import type { TextPiece } from "../syntax/static-text.ts";
import { staticPiecesOf } from "../syntax/static-text.ts";
import type { FormatField, FormatName } from "./format-string.ts";
import { parseFormatString } from "./format-string.ts";
import type { LockName, NameField, NamePart, RangedText } from "./model.ts";

/** Reads an argument as a lock's name. `expandsFields` tells whether the API replaces `{field}` in it. */
export function lockNameOf(tree: SyntaxTree, node: SyntaxNode, expandsFields: boolean): LockName {
  const pieces = staticPiecesOf(tree, node);
  if (pieces === undefined) {
    return unknownName(tree, node, "it is computed elsewhere");
  }
  const parts: NamePart[] = [];
  for (const piece of joinTexts(pieces)) {
    const read = partsOf(piece, expandsFields);
    if (read === undefined) {
      return unknownName(tree, node, "it is no valid format string");
    }
    parts.push(...read);
  }
  return { kind: "template", range: rangeOf(node), source: textOf(tree, node), parts };
}

export function unknownName(tree: SyntaxTree, node: SyntaxNode, reason: string): LockName {
  return { kind: "unknown", range: rangeOf(node), source: textOf(tree, node), reason };
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

/** Neighboring texts as one: a field may begin in one literal and end in the next. */
function joinTexts(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const joined: TextPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === "text" && last?.kind === "text") {
      const offsets =
        piece.text === "" ? last.offsets : [...last.offsets.slice(0, last.text.length), ...piece.offsets];
      joined[joined.length - 1] = { kind: "text", text: last.text + piece.text, offsets };
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

function partsOf(piece: TextPiece, expandsFields: boolean): readonly NamePart[] | undefined {
  if (piece.kind === "expression") {
    return [
      {
        kind: "field",
        source: piece.source,
        range: piece.range,
        origin: "expression",
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

type Text = TextPiece & { readonly kind: "text" };

function textPart(piece: Text, start: number, end: number): NamePart {
  return { kind: "text", text: piece.text.slice(start, end), range: sourceRange(piece, start, end) };
}

function fieldPart(piece: Text, field: FormatField): NameField {
  return {
    kind: "field",
    source: piece.text.slice(field.start + 1, field.end - 1),
    range: sourceRange(piece, field.start, field.end),
    origin: "template",
    root: rangedText(piece, field.root),
    keys: field.keys.map((key) => rangedText(piece, key)),
  };
}

function rangedText(piece: Text, name: FormatName): RangedText {
  return { text: name.text, range: sourceRange(piece, name.start, name.end) };
}

/** Where the characters from `start` to `end` stand in the source. */
function sourceRange(piece: Text, start: number, end: number): TextRange {
  const first = piece.offsets[start] ?? piece.offsets.at(-1) ?? 0;
  return { start: first, end: start === end ? first : (piece.offsets[end - 1] ?? first) + 1 };
}
