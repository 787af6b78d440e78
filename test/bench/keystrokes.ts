// What is typed into a driver to see how fast the answers are: letter by letter at several places, and taken back.
import { type Position, type Range, TextDocument } from "vscode-languageserver-textdocument";

/** Where it is typed. */
export type Place = "function body" | "lock name" | "comment" | "whole decorator";

/** One change of the text, as an editor tells it: positions are those of the text as it was before. */
export interface Keystroke {
  readonly place: Place;
  readonly range: Range;
  readonly inserted: string;
}

/** Keystrokes that at each place end with the text that they began with, and a place in front of them all to hover over. */
export interface Typing {
  readonly keystrokes: readonly Keystroke[];
  /** In the word `synchronized` of a decorator: both a lock and a function to others. */
  readonly hovered: Position;
}

/** The same in UTF-16 code units. */
interface Edit {
  readonly place: Place;
  readonly start: number;
  readonly end: number;
  readonly inserted: string;
}

/** How many functions get a decorator, and lose it again. */
const DECORATED = 8;

/** @throws Error if the text has no two lock decorators with code, a comment and methods after the first */
export function typingIn(text: string): Typing {
  const hovered = find(text, /(?<=^ *@coordination\.)synchronized/m, 0);
  const nameOfNext = find(
    text,
    /(?<=^ *@coordination\.synchronized\(["'])/m,
    hovered + "synchronized(''".length,
  );
  const statement = find(text, /^ {8}(?=return\b)/m, hovered);
  const endOfComment = find(text, /(?<=^ +# .*)$/m, hovered);
  const methods = [...text.slice(hovered).matchAll(/(?<=\n\n) {4}(?=def )/g)].slice(0, DECORATED);
  const edits = [
    ...typed("function body", statement, "        checked = volume.id\n"),
    ...typed("lock name", nameOfNext, "array-{array}-"),
    ...typed("comment", endOfComment, ", and so is the next one"),
    ...methods.flatMap(({ index }) =>
      pasted("whole decorator", hovered + index, "    @coordination.synchronized('emc-{array}')\n"),
    ),
  ];
  return { hovered: documentOf(text).positionAt(hovered), keystrokes: keystrokesOf(text, edits) };
}

/** One after the other, before any of them is timed. */
function keystrokesOf(text: string, edits: readonly Edit[]): readonly Keystroke[] {
  const document = documentOf(text);
  return edits.map(({ place, start, end, inserted }) => {
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    TextDocument.update(document, [{ range, text: inserted }], document.version + 1);
    return { place, range, inserted };
  });
}

function documentOf(text: string): TextDocument {
  return TextDocument.create("", "python", 1, text);
}

function find(text: string, pattern: RegExp, from: number): number {
  const sticky = new RegExp(pattern, `${pattern.flags}g`);
  sticky.lastIndex = from;
  const found = sticky.exec(text);
  if (found === null) {
    throw new Error(`there is no ${String(pattern)} to type at`);
  }
  return found.index;
}

/** Letter by letter, then taken back letter by letter. */
function typed(place: Place, at: number, letters: string): readonly Edit[] {
  const forth = [...letters].map(
    (letter, index): Edit => ({
      place,
      start: at + index,
      end: at + index,
      inserted: letter,
    }),
  );
  const back = forth.map(({ start }): Edit => ({ place, start, end: start + 1, inserted: "" }));
  return [...forth, ...back.reverse()];
}

/** At once, then taken back at once. */
function pasted(place: Place, at: number, text: string): readonly Edit[] {
  return [
    { place, start: at, end: at, inserted: text },
    { place, start: at, end: at + text.length, inserted: "" },
  ];
}
