// Texts to try things on.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The Python files below a folder, in the order of their names. */
export function pythonFilesBelow(folder: string): readonly NamedText[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .sort()
    .map((path) => ({ name: path, text: readFileSync(join(folder, path), "utf8") }));
}

/** Hand-written files: small, and with every spelling that we know of. */
export const SAMPLES: readonly NamedText[] = ["test/sample", "test/cinder/spellings"].flatMap(
  pythonFilesBelow,
);

const IMPORTS = "from cinder import coordination, utils\n";
const CALL = "utils.synchronized('x')";

/** Texts that nobody writes, each within what a parser must bear. */
export const ODDITIES: readonly NamedText[] = [
  { name: "nothing", text: "" },
  { name: "only comments", text: "# @utils.synchronized('x')\n".repeat(300) },
  { name: "only blanks", text: " \t\f\n".repeat(10_000) },
  { name: "only names", text: "synchronized ".repeat(10_000) },
  { name: "no line end", text: `${IMPORTS}${CALL}` },
  { name: "carriage returns", text: `${IMPORTS}@${CALL}\ndef f(a):\n    pass\n`.replaceAll("\n", "\r") },
  { name: "Windows's line ends", text: `${IMPORTS}@${CALL}\ndef f(a):\n    pass\n`.replaceAll("\n", "\r\n") },
  { name: "NUL", text: `${IMPORTS}\0@utils.\0synchronized('\0x\0')\0\ndef f(): pass\0\n${CALL}` },
  { name: "lone surrogates", text: `${IMPORTS}utils.synchronized('\ud800', '\udc00') # \udfff\n${CALL}\n` },
  { name: "letters of two code units", text: `${IMPORTS}𝔘 = '𝔘', ${CALL}, utils.synchronized('{𝔘}')\n` },
  { name: "byte order mark", text: `\ufeff${IMPORTS}${CALL}\n` },
  { name: "10,000 brackets", text: `${IMPORTS}x = ${"[".repeat(10_000)}${CALL}${"]".repeat(10_000)}\n` },
  {
    name: "2,000 parentheses below an @",
    text: `${IMPORTS}@${"(".repeat(2_000)}${CALL}${")".repeat(2_000)}\ndef f(): pass\n`,
  },
  { name: "10,000 parentheses in a name", text: nameIn("(".repeat(10_000), ")".repeat(10_000)) },
  { name: "10,000 parentheses left open", text: nameIn("(".repeat(10_000), "") },
  { name: "10,000 sums in a name", text: nameIn("'a' + ".repeat(10_000), "") },
  { name: "10,000 literals in a name", text: nameIn("'a{'\n'b}' ".repeat(5_000), "") },
  {
    name: "10,000 conversions in a name",
    text: nameIn("", ` '${"%s".repeat(10_000)}' % (${"a, ".repeat(10_000)})`),
  },
  {
    name: "100,000 characters in a name",
    text: `${IMPORTS}@coordination.synchronized('${"x".repeat(100_000)}')\n`,
  },
  {
    name: "100,000 fields in a name",
    text: `${IMPORTS}@coordination.synchronized('${"{x}".repeat(100_000)}')\n`,
  },
  {
    name: "100,000 braces in a name",
    text: `${IMPORTS}@coordination.synchronized('${"{".repeat(100_000)}')\n`,
  },
  {
    name: "200 locks in each other",
    text: `${IMPORTS}${"utils.synchronized(".repeat(200)}${")".repeat(200)}\n`,
  },
  { name: "1,000 functions in each other", text: IMPORTS + nested(1_000, `@${CALL}`, "def f(a):") },
  {
    name: "1,000 locks in each other",
    text: IMPORTS + nested(1_000, "with coordination.COORDINATOR.get_lock('x'):"),
  },
  {
    name: "3,000 functions of one name",
    text: `${IMPORTS}def o():\n${` @${CALL}\n def f(a): pass\n f(1)\n`.repeat(3_000)}`,
  },
  { name: "3,000 decorators", text: `${IMPORTS}${`@${CALL}\n`.repeat(3_000)}def f(): pass\n` },
  { name: "3,000 decorators left open", text: IMPORTS + "@utils.synchronized('x'\n".repeat(3_000) },
  { name: "3,000 imports", text: `${`${IMPORTS}${CALL}\n`.repeat(3_000)}` },
  { name: "a line of a million characters", text: `${IMPORTS}x = [${`${CALL}, 1, `.repeat(33_000)}]\n` },
];

function nameIn(before: string, after: string): string {
  return `${IMPORTS}@coordination.synchronized(${before}'{a}'${after})\ndef f(a): pass\n`;
}

function nested(depth: number, ...lines: readonly string[]): string {
  const levels = Array.from({ length: depth }, (_, level) => lines.map((line) => " ".repeat(level) + line));
  return `${levels.flat().join("\n")}\n${" ".repeat(depth)}pass\n`;
}
