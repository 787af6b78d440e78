import { lineIndexOf } from "../base/line-index.ts";
import { movedTo } from "../base/moved.ts";
import type { TextRange } from "../base/text-range.ts";
import { cutText } from "../syntax/cut-text.ts";
import type { ParserEngine } from "../syntax/engine.ts";
import { outermostFunctionsInWords } from "../syntax/functions-in-words.ts";
import { withoutStrings } from "../syntax/without-strings.ts";
import { SELF_ASSIGNMENT } from "./classes.ts";
import { extractLocks } from "./extract.ts";
import { API_WORDS } from "./lock-apis.ts";
import { renamingsIn } from "./outline.ts";
import type { FactsOfText } from "./typed-text.ts";

/**
 * To know which locks a file takes, most of it need not be read: two thirds of the files that take locks are functions
 * that neither name a lock nor anything that may be one by another name. They are cut out before the text is parsed.
 * What is read so says the same of locks, and nothing of guards, calls, methods and comments.
 */

/** Shorter bodies are parsed sooner than cut out, in code units. */
const WORTH_CUTTING = 60;

/** What may take, make or name a lock without one of the API's words, and what is seen outside of the function. */
const TELLING = new RegExp(
  [
    /\b(?:with|acquire|release|__exit__|import|class|yield)\b/.source,
    /^[ \t]*@/.source,
    SELF_ASSIGNMENT.source,
  ].join("|"),
  "m",
);

/** Nothing is locked by `with excutils.save_and_reraise_exception():`, which stands in every other driver. */
const EXCEPTION_KEPT =
  /\bwith[ \t]+excutils\.save_and_reraise_exception\([^(),\n]*\)(?:[ \t]+as[ \t]+\w+)?[ \t]*:/g;

/** `from oslo_concurrency.lockutils import lock, external_lock as node_lock`: what it imports makes locks, whatever it is called. */
const LOCK_MAKERS = /from[ \t]+[\w.]*\blockutils[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)/g;

/** For texts of which nothing but their locks is asked. */
export function skimmedTextReader(engine: ParserEngine): FactsOfText {
  return (origin, text, detail) => {
    const { text: left, from, offsetBefore } = cutText(text, partsWithoutLocks(text));
    const facts = engine.withTree(left, (tree) =>
      // Where the text is broken, what was cut out may have been no body.
      left !== text && tree.root.hasError ? undefined : extractLocks(origin, tree, detail),
    );
    return facts === undefined
      ? engine.withTree(text, (tree) => extractLocks(origin, tree, detail))
      : { ...movedTo({ ...facts, lines: undefined }, offsetBefore, from), lines: lineIndexOf(text) };
  };
}

/** Bodies, and whole functions where nobody else asks for them, that do not tell of locks. */
function partsWithoutLocks(text: string): readonly TextRange[] {
  const code = withoutStrings(text);
  const tells = tellsOfLocks(text, code);
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

function tellsOfLocks(text: string, code: string): (part: TextRange) => boolean {
  const renamed = renamingsIn({ text: code }).filter(({ name }) => API_WORDS.includes(name));
  const imported = [...code.matchAll(LOCK_MAKERS)].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
  const words = new Set([...API_WORDS, ...renamed.map(({ alias }) => alias), ...imported]);
  const names = new RegExp(`\\b(?:${[...words].join("|")})\\b`);
  const asked = isExcutilsOfOslo(code)
    ? code.replace(EXCEPTION_KEPT, (head) => " ".repeat(head.length))
    : code;
  // Strings may hold code, too: that between the braces of an f-string.
  return ({ start, end }) => names.test(text.slice(start, end)) || TELLING.test(asked.slice(start, end));
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
