import type { TextRange } from "../base/text-range.ts";

// What ends a string is looked for in leaps: most files are searched, and most of a file is text.
const STRING_OR_COMMENT = new RegExp(
  [
    /"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*"""/,
    /'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'''/,
    /"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"/,
    /'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'/,
    /#[^\n]*/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** The text with blanks for all strings and comments, so that what is left is code; offsets stay as they are. */
export function withoutStrings(text: string): string {
  return text.replace(STRING_OR_COMMENT, (match) =>
    match.includes("\n") ? match.replace(/[^\n]+/g, blanks) : blanks(match),
  );
}

function blanks({ length }: string): string {
  return " ".repeat(length);
}

/** The strings of a text, without those in comments. */
export function stringsIn(text: string): readonly TextRange[] {
  return [...text.matchAll(STRING_OR_COMMENT)]
    .filter(([match]) => !match.startsWith("#"))
    .map(({ index, 0: match }) => ({ start: index, end: index + match.length }));
}
