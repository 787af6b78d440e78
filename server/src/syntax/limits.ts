/**
 * What the parser can bear. Its grammar for Python keeps the widths of all open indentations in a thousand bytes and
 * writes beyond them: five hundred levels end the process with the native engine, and spoil all that is parsed later
 * with WebAssembly. Python itself refuses a hundred.
 */
const MOST_WIDTHS = 300;

/** Without any of these a text is not indented in so many ways; to look for them costs next to nothing. */
const CAUSES = [" ".repeat(MOST_WIDTHS), "\t", "\\\n", "\\\r\n"];

/** The text as far as it can be parsed. */
export function parseablePart(text: string): string {
  if (!CAUSES.some((cause) => text.includes(cause))) {
    return text;
  }
  const widths = new Set<number>();
  for (const { 0: indentation, index } of text.matchAll(/^(?:[ \t\f]|\\\r?\n)+/gm)) {
    widths.add(widthOf(indentation));
    if (MOST_WIDTHS < widths.size) {
      return text.slice(0, index);
    }
  }
  return text;
}

/** As the grammar counts: a tab is eight columns, a form feed begins anew, and a joined line goes on. */
function widthOf(indentation: string): number {
  const counted = indentation.slice(indentation.lastIndexOf("\f") + 1).replace(/\\\r?\n/g, "");
  return [...counted].reduce((width, character) => width + (character === "\t" ? 8 : 1), 0);
}
