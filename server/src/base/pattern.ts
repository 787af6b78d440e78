/** The text as a part of a regular expression, each of its characters standing for itself. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/**
 * What a shell's pattern can match, as a part of a regular expression. A wildcard never stands for a `/`; a set such
 * as `[abc]` is taken for any character.
 */
export function globbed(pattern: string): string {
  return pattern
    .split(/(\*|\?|\[!?\]?[^\]]*\])/)
    .map((piece, position) => (position % 2 === 0 ? literally(piece) : wildcard(piece)))
    .join("");
}

function wildcard(piece: string): string {
  return piece === "*" ? "[^/]*" : "[^/]";
}
