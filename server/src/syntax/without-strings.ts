const STRING_OR_COMMENT =
  /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*\1|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*/g;

/** The text with blanks for all strings and comments, so that what is left is code; offsets stay as they are. */
export function withoutStrings(text: string): string {
  return text.replace(STRING_OR_COMMENT, (match) =>
    match.includes("\n") ? match.replace(/[^\n]/g, " ") : " ".repeat(match.length),
  );
}
