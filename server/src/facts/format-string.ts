/**
 * Python's format strings (`'{volume.id}-{snap[name]!r:>10}'`) as `str.format` reads them: the source of what
 * `coordination.synchronized` does with a name (SEMANTICS §4). Offsets count within the string handed in.
 */

export type FormatSegment =
  | { readonly kind: "text"; readonly start: number; readonly end: number }
  | ({ readonly kind: "field" } & FormatField);

/** One replacement field, braces included in its range. */
export interface FormatField {
  readonly start: number;
  readonly end: number;
  /** What is looked up among the arguments: `volume` in `{volume.id}`; empty in `{}` and `{.id}`. */
  readonly root: FormatName;
  /** The keys in brackets: `name` in `{snap[name]}`. */
  readonly keys: readonly FormatName[];
}

export interface FormatName {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The segments of a format string, or `undefined` where `str.format` raises ValueError. */
export function parseFormatString(text: string): readonly FormatSegment[] | undefined {
  const segments: FormatSegment[] = [];
  let textStart = 0;
  let at = 0;
  const endText = (): void => {
    if (textStart < at) {
      segments.push({ kind: "text", start: textStart, end: at });
    }
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if ((character === "{" || character === "}") && text.charAt(at + 1) === character) {
      at += 2;
    } else if (character === "}") {
      return undefined;
    } else if (character === "{") {
      endText();
      const field = parseField(text, at);
      if (field === undefined) {
        return undefined;
      }
      segments.push({ kind: "field", ...field });
      at = field.end;
      textStart = at;
    } else {
      at += 1;
    }
  }
  endText();
  return segments;
}

/** Reads the field whose opening brace stands at `start`. */
function parseField(text: string, start: number): FormatField | undefined {
  const nameEnd = endOfFieldName(text, start + 1);
  let at = nameEnd;
  if (text.charAt(at) === "!") {
    at += 2; // Any one character is a conversion here; `str.format` checks it later.
  }
  if (text.charAt(at) === ":") {
    return parseFieldWithSpecification(text, start, nameEnd, at + 1);
  }
  return text.charAt(at) === "}"
    ? { start, end: at + 1, ...splitFieldName(text, start + 1, nameEnd) }
    : undefined;
}

/** A name ends at `}`, `:` or `!`, wherever these do not stand in brackets. A brace in it is an error. */
function endOfFieldName(text: string, start: number): number {
  let at = start;
  while (at < text.length && !"{}:!".includes(text.charAt(at))) {
    const closing = text.charAt(at) === "[" ? text.indexOf("]", at) : -1;
    at = closing === -1 ? at + 1 : closing + 1;
  }
  return at;
}

/** A format specification may hold fields of its own, as in `{n:{size}}`, down to the brace that closes the whole. */
function parseFieldWithSpecification(
  text: string,
  start: number,
  nameEnd: number,
  specificationStart: number,
): FormatField | undefined {
  let at = specificationStart;
  while (at < text.length && text.charAt(at) !== "}") {
    const nestedEnd = text.charAt(at) === "{" ? parseField(text, at)?.end : at + 1;
    if (nestedEnd === undefined) {
      return undefined;
    }
    at = nestedEnd;
  }
  return at < text.length ? { start, end: at + 1, ...splitFieldName(text, start + 1, nameEnd) } : undefined;
}

function splitFieldName(text: string, start: number, end: number): Pick<FormatField, "root" | "keys"> {
  const name = text.slice(start, end);
  const rootLength = name.search(/[.[]/);
  const rootEnd = rootLength === -1 ? end : start + rootLength;
  const keys = [...name.matchAll(/\[([^\]]*)\]/g)].map((match) => {
    const keyStart = start + match.index + 1;
    return { text: match[1] ?? "", start: keyStart, end: keyStart + (match[1] ?? "").length };
  });
  return { root: { text: text.slice(start, rootEnd), start, end: rootEnd }, keys };
}
