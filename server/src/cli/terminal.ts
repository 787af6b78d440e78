/** Where a command speaks: answers to standard output, all else to standard error. */
export interface Terminal {
  /** A part of the answer, with its line ends. */
  answer(text: string): void;
  /** Something that went wrong, in one line. */
  complain(line: string): void;
  /** Something worth knowing, in one line. */
  note(line: string): void;
  /** Colors for people; the same text without where nobody looks. */
  readonly paint: Paint;
}

export type Style = "bold" | "dim" | "red" | "yellow" | "cyan" | "green";
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  green: [32, 39],
};

export const PLAIN: Paint = (_style, text) => text;

export const COLORED: Paint = (style, text) => {
  const [open, close] = CODES[style];
  return `\u001b[${open}m${text}\u001b[${close}m`;
};
