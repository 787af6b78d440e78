import { shifted, type TextRange } from "../base/text-range.ts";
import { stringsIn } from "./without-strings.ts";

/** A function as far as words tell. */
export interface FunctionInWords extends TextRange {
  /** How many blanks stand in front of its `def`, which begins the range. */
  readonly indentation: number;
  readonly isDecorated: boolean;
  readonly body: TextRange;
}

const DECORATOR_OR_FUNCTION = /^( *)(?:@|(?:async +)?def +\w+[ \\\n]*\()/gm;

/** What may stand between a function's colon and the first word of its body on a line of its own. */
const BEFORE_BODY = /[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*\n[ \t]+(?=[^\s#])/y;

/** A line of which nobody but Python and the parser knows where it stands; nor do we how wide a tab is. */
const BEGINS_WITH_JOINT = /\\(?<=^ *\\)/m;

/**
 * The functions that stand in no other one, in the order of the text, by words and indentation alone: in a tenth of the
 * time that parsing takes. Left out are those with their body on the same line, and whatever is hard to tell; in a broken
 * text what is found may be no function.
 * @param code the text with blanks for strings and comments
 */
export function outermostFunctionsInWords(text: string, code: string): readonly FunctionInWords[] {
  const functions: FunctionInWords[] = [];
  if (code.includes("\t") || BEGINS_WITH_JOINT.test(text)) {
    return functions;
  }
  const heads = new RegExp(DECORATOR_OR_FUNCTION);
  let isDecorated = false;
  for (let head = heads.exec(code); head !== null; head = heads.exec(code)) {
    const indentation = head[1]?.length ?? 0;
    if (head[0].endsWith("@")) {
      isDecorated = true;
      continue;
    }
    const colon = colonBehind(code, heads.lastIndex);
    const start = colon === undefined ? undefined : startOfBody(text, colon + 1);
    if (start !== undefined) {
      const behind = lineBehind(code, start, indentation);
      const end = endOfBody(text, start + trimmedEnd(code.slice(start, behind)).length, behind, indentation);
      if (start < end) {
        functions.push({
          start: head.index + indentation,
          end,
          indentation,
          isDecorated,
          body: { start, end },
        });
      }
      heads.lastIndex = behind;
    }
    isDecorated = false;
  }
  return functions;
}

/** The colon that ends a function's head, from behind the parenthesis of its parameters. */
function colonBehind(code: string, from: number): number | undefined {
  const brackets = /[()[\]{}:]/g;
  brackets.lastIndex = from;
  let depth = 1;
  for (let found = brackets.exec(code); found !== null; found = brackets.exec(code)) {
    const [bracket] = found;
    if (bracket !== ":") {
      depth += "([{".includes(bracket) ? 1 : -1;
    } else if (depth === 0) {
      return found.index;
    }
  }
  return undefined;
}

/** Without blanks at the end, and what joins a line to nothing. */
function trimmedEnd(code: string): string {
  const trimmed = code.trimEnd();
  return trimmed.endsWith("\\") ? trimmedEnd(trimmed.slice(0, -1)) : trimmed;
}

function startOfBody(text: string, from: number): number | undefined {
  const before = new RegExp(BEFORE_BODY);
  before.lastIndex = from;
  return before.test(text) ? before.lastIndex : undefined;
}

/** The next line that is indented no further than a function, and so no part of it, unless the one before goes on. */
function lineBehind(code: string, from: number, indentation: number): number {
  const line = new RegExp(`^ {0,${indentation}}\\S(?<!\\\\\\r?\\n {0,${indentation}}\\S)`, "gm");
  line.lastIndex = from;
  return line.exec(code)?.index ?? code.length;
}

/**
 * Where a body ends whose code does at an offset: behind the strings that follow. One that is indented no further than the
 * function is a statement behind it.
 */
function endOfBody(text: string, from: number, behind: number, indentation: number): number {
  const strings = stringsIn(text.slice(from, behind)).map((each) => shifted(each, from));
  const next = strings.findIndex(({ start }) => {
    const before = text.slice(text.lastIndexOf("\n", start) + 1, start);
    return before.length <= indentation && before.trim() === "";
  });
  return (next === -1 ? strings : strings.slice(0, next)).at(-1)?.end ?? from;
}
