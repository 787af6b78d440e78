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

/** Fields may stand in the format of a field, as in `{n:{size}}`, but no deeper. */
const DEEPEST = 2;

/**
 * The segments of a format string, or `undefined` where `str.format` raises ValueError whatever it is given. Numbers
 * are not counted: that `{}` and `{0}` exclude each other does not matter where no value is passed by position.
 */
export function parseFormatString(text: string): readonly FormatSegment[] | undefined {
  return segmentsIn(text, 0, text.length, DEEPEST);
}

function segmentsIn(
  text: string,
  from: number,
  to: number,
  depth: number,
): readonly FormatSegment[] | undefined {
  if (depth === 0) {
    return undefined;
  }
  const segments: FormatSegment[] = [];
  let textStart = from;
  let at = from;
  const endText = (): void => {
    if (textStart < at) {
      segments.push({ kind: "text", start: textStart, end: at });
    }
  };
  while (at < to) {
    const character = text.charAt(at);
    if (!isBrace(character)) {
      at += 1;
    } else if (at + 1 < to && text.charAt(at + 1) === character) {
      at += 2;
    } else {
      const field = character === "{" ? parseField(text, at, to, depth) : undefined;
      if (field === undefined) {
        return undefined;
      }
      endText();
      segments.push({ kind: "field", ...field });
      at = field.end;
      textStart = at;
    }
  }
  endText();
  return segments;
}

function isBrace(character: string): boolean {
  return character === "{" || character === "}";
}

/** Reads the field whose opening brace stands at `start`. */
function parseField(text: string, start: number, to: number, depth: number): FormatField | undefined {
  const nameEnd = endOfFieldName(text, start + 1, to);
  const formatStart = endOfConversion(text, nameEnd);
  const end = formatStart === undefined ? undefined : endOfField(text, formatStart, to, depth);
  const name = splitFieldName(text, start + 1, nameEnd);
  return end === undefined || name === undefined ? undefined : { start, end, ...name };
}

/** A name ends at `}`, `:` or `!`, wherever these do not stand in brackets. A brace in it is an error. */
function endOfFieldName(text: string, start: number, to: number): number {
  let at = start;
  while (at < to && !"{}:!".includes(text.charAt(at))) {
    const closing = text.charAt(at) === "[" ? text.indexOf("]", at) : at;
    at = closing === -1 ? to : closing + 1;
  }
  return at;
}

/** Behind `!r`, `!s` or `!a`, or where there is no conversion; `undefined` behind any other one. */
function endOfConversion(text: string, at: number): number | undefined {
  if (text.charAt(at) !== "!") {
    return at;
  }
  return /^[rsa]$/.test(text.charAt(at + 1)) ? at + 2 : undefined;
}

/** Behind the brace that closes a field, over the format that a colon begins. */
function endOfField(text: string, at: number, to: number, depth: number): number | undefined {
  if (text.charAt(at) !== ":") {
    return at < to && text.charAt(at) === "}" ? at + 1 : undefined;
  }
  const close = closingBrace(text, at + 1, to);
  const hasFields = close !== undefined && text.slice(at, close).includes("{");
  return close === undefined || (hasFields && segmentsIn(text, at + 1, close, depth - 1) === undefined)
    ? undefined
    : close + 1;
}

/** The brace that closes what was opened before `from`; doubled braces in a format count one by one. */
function closingBrace(text: string, from: number, to: number): number | undefined {
  let open = 1;
  for (let at = from; at < to; at += 1) {
    const character = text.charAt(at);
    if (isBrace(character)) {
      open += character === "{" ? 1 : -1;
    }
    if (open === 0) {
      return at;
    }
  }
  return undefined;
}

/** `undefined` where dots and brackets do not fit: `a..b`, `a[]`, `a[b]c`. */
function splitFieldName(
  text: string,
  start: number,
  end: number,
): Pick<FormatField, "root" | "keys"> | undefined {
  const name = text.slice(start, end);
  const root = /^[^.[]*/.exec(name)?.[0] ?? "";
  if (!/^(?:\.[^.[]+|\[[^\]]+\])*$/.test(name.slice(root.length))) {
    return undefined;
  }
  const keys = [...name.matchAll(/\[([^\]]*)\]/g)].map((match) => {
    const keyStart = start + match.index + 1;
    return { text: match[1] ?? "", start: keyStart, end: keyStart + (match[1] ?? "").length };
  });
  return { root: { text: root, start, end: start + root.length }, keys };
}
