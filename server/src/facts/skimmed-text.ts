import type { TextRange } from "../base/text-range.ts";
import { cutText } from "../syntax/cut-text.ts";
import type { ParserEngine } from "../syntax/engine.ts";
import { outermostFunctionsInWords } from "../syntax/functions-in-words.ts";
import { withoutStrings } from "../syntax/without-strings.ts";
import { SELF_ASSIGNMENT } from "./classes.ts";
import { extractFacts } from "./extract.ts";
import { TEST_FOR_NONE } from "./idioms/decorator.ts";
import { API_WORDS } from "./lock-apis.ts";
import { renamingsIn } from "./outline.ts";
import type { Asked } from "./section.ts";
import type { FactsOfText } from "./typed-text.ts";

/**
 * Most of a text need not be parsed: two thirds of the files that take locks are functions that neither name a lock nor
 * anything that may be one by another name. Their bodies are cut out before the text is parsed; what words tell of them,
 * as their calls, is told by the whole text. What is read so is the same, and read in two thirds of the time.
 */

/** Shorter bodies are parsed sooner than cut out, in code units. */
const WORTH_CUTTING = 60;

/** What may take, make or name a lock without one of the API's words, and what is seen outside of the function. */
const TELLS_OF_LOCKS = [
  /\b(?:with|acquire|release|__exit__|import|class|yield)\b/,
  /^[ \t]*@/,
  SELF_ASSIGNMENT,
];

/** What else is asked where locks are checked. */
const TELLS_MORE = [...TELLS_OF_LOCKS, /\b(?:def|conditional_update)\b/];

/** A body that may only say that it does nothing; strings are no code, and what is returned by a name does something. */
const MAY_BE_STUB =
  /^\s*(?:$|pass\b|\.\.\.|raise\b|return\b(?![ \t]+(?!None\b|True\b|False\b)[A-Za-z_]\w{2}))/;

const COMMENT_FOR_US = "cinder-locks:";

/** What others may release if it is handed to them, wherever that is done. */
const HELD_BY_HAND = /(?:acquire|release|__exit__)\b(?<=\b(\w+)[\s\\]*\.[\s\\]*\w+)/g;

/** Nothing is locked by `with excutils.save_and_reraise_exception():`, which stands in every other driver. */
const EXCEPTION_KEPT =
  /\bwith[ \t]+excutils\.save_and_reraise_exception\([^(),\n]*\)(?:[ \t]+as[ \t]+\w+)?[ \t]*:/g;

/** `from oslo_concurrency.lockutils import lock, external_lock as node_lock`: what it imports makes locks, whatever it is called. */
const LOCK_MAKERS = /from[ \t]+[\w.]*\blockutils[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)/g;

/** For texts that are read once, and do not follow from one another. */
export function skimmedTextReader(engine: ParserEngine, asked: Asked): FactsOfText {
  return (origin, text, detail) => {
    const cut = cutText(text, asked === "locks" ? partsWithoutLocks(text) : bodiesThatTellNothing(text));
    const facts =
      cut.text === text
        ? undefined
        : engine.withTree(cut.text, (tree) =>
            // Where the text is broken, what was cut out may have been no body.
            tree.root.hasError
              ? undefined
              : extractFacts(origin, { ...tree, uncut: cut.uncut }, detail, asked),
          );
    return facts ?? engine.withTree(text, (tree) => extractFacts(origin, tree, detail, asked));
  };
}

/** Bodies, and whole functions where nobody else asks for them, that do not tell of locks. */
function partsWithoutLocks(text: string): readonly TextRange[] {
  const code = withoutStrings(text);
  const tells = telling(text, code, TELLS_OF_LOCKS, []);
  const parts: { start: number; end: number; indentation: number | undefined }[] = [];
  for (const each of outermostFunctionsInWords(text, code)) {
    // A module's own function may be what a name of it stands for; a decorator wants a function below it.
    const indentation = each.isDecorated || each.indentation === 0 ? undefined : each.indentation;
    const { start, end } = indentation === undefined ? each.body : each;
    const last = parts.at(-1);
    if (end - start < WORTH_CUTTING || tells({ start, end })) {
      continue;
    }
    if (
      last?.indentation !== undefined &&
      last.indentation === indentation &&
      isBlank(code, last.end, start)
    ) {
      last.end = end;
    } else {
      parts.push({ start, end, indentation });
    }
  }
  return parts;
}

/** Bodies of which all that is asked is told by words. */
function bodiesThatTellNothing(text: string): readonly TextRange[] {
  const code = withoutStrings(text);
  const held = [...code.matchAll(HELD_BY_HAND)].flatMap(([, name = ""]) => name);
  const tells = telling(text, code, TELLS_MORE, held);
  return outermostFunctionsInWords(text, code).flatMap(({ body, isDecorated }) => {
    const { start, end } = body;
    const inside = code.slice(start, end);
    const isSilent =
      WORTH_CUTTING <= end - start &&
      !tells(body) &&
      !MAY_BE_STUB.test(inside) &&
      // A parameter of a locked function may be tested.
      !(isDecorated && TEST_FOR_NONE.test(inside)) &&
      !text.slice(start, end).includes(COMMENT_FOR_US);
    return isSilent ? body : [];
  });
}

/** Whether a part of a text has one of the patterns in its code, or a word of a lock API, or of these names, anywhere. */
function telling(
  text: string,
  code: string,
  patterns: readonly RegExp[],
  names: readonly string[],
): (part: TextRange) => boolean {
  const renamed = renamingsIn({ text: code }).filter(({ name }) => API_WORDS.includes(name));
  const imported = [...code.matchAll(LOCK_MAKERS)].flatMap(([, imports = ""]) => imports.match(/\w+/g) ?? []);
  const all = new Set([...API_WORDS, ...renamed.map(({ alias }) => alias), ...imported, ...names]);
  const words = new RegExp(`\\b(?:${[...all].join("|")})\\b`);
  const pattern = new RegExp(patterns.map(({ source }) => source).join("|"), "m");
  const asked = isExcutilsOfOslo(code)
    ? code.replace(EXCEPTION_KEPT, (head) => " ".repeat(head.length))
    : code;
  // Strings may hold code, too: that between the braces of an f-string.
  return ({ start, end }) => words.test(text.slice(start, end)) || pattern.test(asked.slice(start, end));
}

/** Whether the name stands for oslo's module in all of a text: it is imported once, and never given to anything else. */
function isExcutilsOfOslo(code: string): boolean {
  return (
    /^from oslo_utils import excutils[ \t]*$/m.test(code) && code.match(/\bexcutils\b(?!\.\w)/g)?.length === 1
  );
}

function isBlank(code: string, start: number, end: number): boolean {
  return code.slice(start, end).trim() === "";
}
