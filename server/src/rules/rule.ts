import type { TextEdit } from "../base/text-edit.ts";
import type { TextRange } from "../base/text-range.ts";
import type { DocumentedLock } from "../catalog/join.ts";
import type { CatalogDocument, CatalogSource } from "../catalog/source.ts";
import type { EntryVerdict } from "../catalog/verdicts.ts";
import type { FileFacts, FilePath, RangedText, Suppression } from "../facts/model.ts";
import type { Deployment } from "../project/deployment.ts";
import type { ProjectIndex } from "../project/project-index.ts";

/** What a rule is and what it gives. Its words are data: hover, `explain`, README and the specs all show the same. */

export type Severity = "error" | "warning" | "information" | "hint";

/** How loud a rule is by a user's wish; `off` silences it. */
export type RuleLevel = Severity | "off";

export type Rule<Id extends string = string> = PythonRule<Id> | CatalogRule<Id>;

interface RuleWords<Id extends string> {
  readonly id: Id;
  readonly severity: Severity;
  /** Whether it is asked only if the user gives it a level: it tells of a habit that not all share. */
  readonly isOptIn?: true;
  /** What is wrong, in one sentence. */
  readonly summary: string;
  /** Why it matters, and what happens at run time, with the source of the claim. */
  readonly why: string;
  /** A module, or a document, in which this rule finds something, and no other rule does. */
  readonly bad: string;
  /** The same as it should be: no rule finds anything. */
  readonly good: string;
}

/** A rule about Python. */
export interface PythonRule<Id extends string = string> extends RuleWords<Id> {
  readonly subject: "python";
  /** The drivers' document of locks that both examples stand beside, where the rule compares the two. */
  readonly document?: string;
  check(context: RuleContext): readonly Finding[];
}

/** A rule about the documents that list locks: whether they say what is so. */
export interface CatalogRule<Id extends string = string> extends RuleWords<Id> {
  readonly subject: "catalog";
  /** The module that both examples tell of, `cinder/volume/drivers/acme.py`. */
  readonly code: string;
  check(context: CatalogContext): readonly Finding[];
}

/** All that a rule about a document may look at. */
export interface CatalogContext {
  readonly index: ProjectIndex;
  readonly source: CatalogSource;
  readonly document: CatalogDocument;
  /** The document's entries, held against the code. */
  readonly entries: readonly EntryVerdict[];
  /** The documented locks of all documents, in their order. */
  readonly locks: readonly DocumentedLock[];
}

/** All that a rule about Python may look at: one file's facts, and the project around it. */
export interface RuleContext {
  readonly file: FileFacts;
  readonly index: ProjectIndex;
  /** The documents of locks, or the list that stands for them. */
  readonly sources: readonly CatalogSource[];
  readonly deployment: Deployment;
  /** How the comments that silence findings fared; empty for all rules but the one that is asked last. */
  readonly suppressions: readonly SuppressionUse[];
}

/** A comment that silences findings, and what became of each rule that it names. */
export interface SuppressionUse {
  readonly suppression: Suppression;
  readonly ids: readonly { readonly id: RangedText; readonly verdict: SuppressionVerdict }[];
}

/** `used`: it silences a finding, or would if the rule were not off. */
export type SuppressionVerdict = "used" | "unused" | "unknown rule";

/** Something wrong at a place of the checked file or document. */
export interface Finding {
  readonly range: TextRange;
  /** How loud it is where that differs from its rule: a certain case of a rule that is not always. */
  readonly severity?: Severity;
  /** What is wrong, with the lock's name; no final stop. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

export interface RelatedPlace {
  readonly path: FilePath;
  readonly range: TextRange;
  readonly message: string;
}

/** A change of the checked file that mends a finding. */
export interface Fix {
  readonly title: string;
  /** Whether it surely means what the author meant, so that an editor may apply it without asking. */
  readonly isPreferred: boolean;
  readonly edits: readonly TextEdit[];
}

/** How loud a rule is if the user says nothing. */
export function defaultLevel({ isOptIn, severity }: Rule): RuleLevel {
  return isOptIn === true ? "off" : severity;
}

/** Keeps the id as a type, so that the list of all ids is derived from the list of rules. */
export function defineRule<const Id extends string>(rule: Omit<PythonRule<Id>, "subject">): PythonRule<Id> {
  return { subject: "python", ...rule };
}

export function defineCatalogRule<const Id extends string>(
  rule: Omit<CatalogRule<Id>, "subject">,
): CatalogRule<Id> {
  return { subject: "catalog", ...rule };
}

/** A finding about one place only. */
export function finding(range: TextRange, message: string, fixes: readonly Fix[] = []): Finding {
  return { range, message, related: [], fixes };
}
