import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";

/** A file's text, and what people should know of how it was read. */
export interface DecodedText {
  readonly text: string;
  /** `undefined` where the file is plain UTF-8, as nearly always. */
  readonly note: string | undefined;
}

/**
 * Reads a Python file's bytes. UTF-8 is the rule; a file may name another encoding in its first two lines (PEP 263).
 * Bytes that fit neither are replaced, so that the rest of the file is not lost. A byte order mark is left out.
 */
export function decode(bytes: Buffer): DecodedText {
  if (isUtf8(bytes)) {
    return { text: withoutMark(bytes.toString("utf8")), note: undefined };
  }
  const declared = declaredEncoding(bytes);
  const decoder = declared === undefined ? undefined : decoderFor(declared);
  return decoder === undefined
    ? { text: withoutMark(bytes.toString("utf8")), note: "not UTF-8: the bytes that are not are replaced" }
    : { text: withoutMark(decoder.decode(bytes)), note: `not UTF-8: read as ${declared}` };
}

function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function declaredEncoding(bytes: Buffer): string | undefined {
  const [first = "", second = ""] = bytes
    .subarray(0, 400)
    .toString("latin1")
    .split(/\r\n|\r|\n/, 2);
  const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
  return (cookie.exec(first) ?? cookie.exec(second))?.[1];
}

/** Python knows `latin-1`, `latin_1` and `latin1` alike, the decoder only some spellings of each name. */
function decoderFor(encoding: string): TextDecoder | undefined {
  for (const spelling of [encoding, encoding.replaceAll("_", "-"), encoding.replace(/[-_]/g, "")]) {
    try {
      return new TextDecoder(spelling);
    } catch {
      // Perhaps the next one; if none, it is a name that only Python knows.
    }
  }
  return undefined;
}
