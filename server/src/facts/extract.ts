import { lineIndexOf } from "../base/line-index.ts";
import { movedTo } from "../base/moved.ts";
import type { SyntaxTree } from "../syntax/engine.ts";
import { bodiesOf, callableNames } from "./bodies.ts";
import { definitionsIn } from "./definitions.ts";
import { fileFacts } from "./file-facts.ts";
import { mayGuardStatus } from "./idioms/status-guard.ts";
import { importsOfOwnApis } from "./imports.ts";
import { API_WORDS } from "./lock-apis.ts";
import type { FileFacts, FileOrigin } from "./model.ts";
import { type Asked, factsInWords, sectionFacts } from "./section.ts";

/** The words of the APIs but for those that end like another one, as `RLock` does. */
const ENDS_OF_API_WORDS = API_WORDS.filter(
  (word) => !API_WORDS.some((other) => other !== word && word.endsWith(other)),
);

/**
 * A word of a lock API where it is called, renamed or an attribute, which in prose it seldom is, or a decorator that
 * has a lock in its name: a wrapper that a driver wrote for itself. At the end of a text it is what a test replaces.
 * Every file is searched for it: a pattern that looks back from few words is found twice as fast.
 */
const MAY_TAKE_A_LOCK = new RegExp(
  `(?:${ENDS_OF_API_WORDS.join("|")})\\b(?<=\\b(?:${API_WORDS.join("|")}))(?!["'])` +
    "(?:(?<=[.@][\\s\\\\]*\\w+)|(?=[\\s\\\\]*(?:\\(|as\\b)|\\.\\w))|lock(?<=^[ \\t]*@[\\w.]*lock)",
  "m",
);

/** Whether a text may spell a lock; parsing is spared for the many files that do not. */
export function mayTakeLocks(text: string): boolean {
  return MAY_TAKE_A_LOCK.test(text);
}

/** Whether it may spell a lock, a guard on a status, or a comment of ours that is stale. */
export function mayTell(text: string): boolean {
  return mayTakeLocks(text) || mayGuardStatus(text) || text.includes("cinder-locks:");
}

/**
 * How much is read of a file: what it says of locks by the names of their APIs, or all, with its classes and whatever may
 * be a lock by another name. Most files have nothing of that kind, and reading it costs as much as all else.
 */
export type FactsDetail = "locks" | "whole";

/** What a parsed file says about locks. Never fails, whatever the text. */
export function extractFacts(
  origin: FileOrigin,
  tree: SyntaxTree,
  detail: FactsDetail = "locks",
  asked: Asked = "all",
): FileFacts {
  const { uncut } = tree;
  const { text } = uncut ?? tree;
  const place = <Data>(data: Data): Data =>
    uncut === undefined ? data : movedTo(data, uncut.offsetBefore, uncut.from);
  const around = importsOfOwnApis(tree, origin.module, () => definitionsIn(tree).map(({ name }) => name));
  const isWhole = (isTelling: boolean): boolean => detail === "whole" || isTelling;
  const parsed = place(sectionFacts(tree, origin, around, { isWhole, asked }));
  const section =
    uncut === undefined || asked === "locks" ? parsed : { ...parsed, ...factsInWords({ text }, asked) };
  const own = place(around);
  const callable = callableNames([...section.imports, ...own], section.functions);
  return fileFacts(origin, tree, {
    text,
    lines: lineIndexOf(text),
    sections: [section],
    own,
    isWhole: isWhole(section.isTelling),
    bodies: bodiesOf(text, section.functions, callable),
  });
}
