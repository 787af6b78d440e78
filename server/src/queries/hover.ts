import { lastWord } from "../base/dotted-name.ts";
import { positionAt } from "../base/line-index.ts";
import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import type { DocumentedLock } from "../catalog/join.ts";
import { entriesFor } from "../catalog/join.ts";
import type { CatalogSource } from "../catalog/source.ts";
import { fieldsOf } from "../facts/lock-name.ts";
import type { FileFacts, LockSite } from "../facts/model.ts";
import { aliasesOf } from "../project/aliases.ts";
import type { Deployment } from "../project/deployment.ts";
import { knownParts, templateText } from "../project/identity.ts";
import { sameLock } from "../project/locks.ts";
import type { RenderedName } from "../project/name-evaluation.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { removalsOf } from "../project/removals.ts";
import { renderedNames } from "../project/rendered-names.ts";
import { definitionOfWay, type SiteInFile } from "../project/sites.ts";
import { aliasWords, classesOfEqualNames } from "./alias-words.ts";
import { removalAt, siteAt } from "./lookup.ts";
import type { Block, Text } from "./markup.ts";
import { code, counted, list, paragraph, SEPARATOR, strong } from "./markup.ts";
import { firstOf, linkTo, namesWithPlaces } from "./places.ts";
import { removalBlocks } from "./removal-hover.ts";
import { exclusionWords, reentrancyWords } from "./scope-words.ts";
import { storageItems } from "./storage-names.ts";

/** What is known of a lock, for the one who points at it. */
export interface HoverAnswer {
  readonly range: TextRange;
  readonly blocks: readonly Block[];
}

/** The page on the web of the documented locks, for a checkout without the document. */
const DOCUMENT_URL = "https://docs.openstack.org/cinder/latest/contributor/drivers_locking_examples.html";

export function hover(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  file: FileFacts,
  offset: number,
  deployment: Deployment,
): HoverAnswer | undefined {
  const site = siteAt(index, file, offset);
  if (site === undefined) {
    const removal = removalAt(file, offset);
    return removal && { range: removal.range, blocks: removalBlocks(index, { file, removal }) };
  }
  const named = site.names.map((name) => ({ file, site, name }));
  return {
    range: site.range,
    blocks: [
      paragraph(...headline(index, named, site)),
      ...wayTaken(index, { file, site }),
      ...effect(site, deployment),
      ...named.flatMap((each) => nameBlocks(index, each)),
      ...(1 < named.length ? storageOfAll(site) : []),
      ...locksOf(index, sources, named).flatMap((lock) => [SEPARATOR, ...entryBlocks(lock)]),
    ],
  };
}

function headline(index: ProjectIndex, named: readonly NamedSite[], site: LockSite): Text {
  const lock = 1 < site.names.length ? "locks" : "lock";
  const names = named.flatMap((each, position) => [
    position === 0 ? " " : ", ",
    ...nameInHeadline(index, each),
  ]);
  return [
    strong(capitalized(site.scope === "unknown" ? lock : `${site.scope} ${lock}`)),
    ...(names.length === 0 ? [" without a name"] : names),
    " — ",
    code(site.use.api.id),
    ...(1 < site.names.length ? [", taken together in the order of their names"] : []),
  ];
}

/** The template as it is written; a name that is made elsewhere as it is there. */
function nameInHeadline(index: ProjectIndex, named: NamedSite): Text {
  const { site, name } = named;
  const parts = knownParts(site, name);
  if (parts !== undefined) {
    return [code(templateText(parts))];
  }
  const known = renderedNames(index, named);
  if (0 < known.length) {
    return known.flatMap(({ parts: each }, position) => [
      position === 0 ? "" : " or ",
      code(templateText(each)),
    ]);
  }
  return site.names.length === 1 ? ["of unknown name"] : ["one of unknown name"];
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The wrapper, alias or variable by which the lock is taken here, with where that is defined. */
function wayTaken(index: ProjectIndex, named: SiteInFile): readonly Block[] {
  const { site } = named;
  const place = definitionOfWay(index, named);
  const file = place === undefined ? undefined : index.files.get(place.path);
  const link = place === undefined || file === undefined ? undefined : linkTo(file, place.range);
  if (site.via === undefined) {
    return link === undefined ? [] : [paragraph("The object is made at ", link, ".")];
  }
  const defined: Text = link === undefined ? [] : [" (", link, ")"];
  const name = lastWord(site.via.qualifiedName);
  const perhaps = site.via.isConditional ? ", which may also run the function without the lock" : "";
  return [paragraph("Taken by way of ", code(name), ...defined, `${perhaps}.`)];
}

/** Whom it keeps out and what its holder must not do; without a name there is no lock (SEMANTICS §4). */
function effect(site: LockSite, deployment: Deployment): readonly Block[] {
  if (0 < site.names.length) {
    return [paragraph(...exclusionWords(site, deployment), " ", ...reentrancyWords(site))];
  }
  return site.use.api.id === "coordination.synchronized" && site.options.every(({ by }) => by === "keyword")
    ? [paragraph("Without a name it takes no lock at all: the body runs unlocked.")]
    : [];
}

function nameBlocks(index: ProjectIndex, named: NamedSite): readonly Block[] {
  const { site, name } = named;
  const names = renderedNames(index, named);
  if (name.kind === "unknown" && names.length === 0) {
    return [paragraph("Its name, ", code(name.source), `, is not known: ${name.reason}.`)];
  }
  const items = [
    ...(1 < names.length && !isAllInHeadline(named, names) ? namesByClass(names) : []),
    sharedBy(index, named),
    ...aliasItems(index, named),
    ...removedAt(index, named),
    ...passedFields(named),
  ];
  return site.names.length === 1
    ? [list([...items, ...storageItems(site, names)])]
    : [paragraph(...nameInHeadline(index, named), ":"), list(items)];
}

/** A name that is made elsewhere is told in the headline; what is left to say is which class makes which. */
function isAllInHeadline({ name }: NamedSite, names: readonly RenderedName[]): boolean {
  return name.kind === "unknown" && names.every(({ classes }) => classes.length === 0);
}

/** What is the same for all names that are taken together. */
function storageOfAll(site: LockSite): readonly Block[] {
  return [
    paragraph("Outside of the code, with ", code("…"), " for each name:"),
    list(storageItems(site, [])),
  ];
}

/** How many names are listed; the rest is a number. */
const MOST_NAMES = 5;

/** The names that the attributes of the classes give, each with its classes. */
function namesByClass(names: readonly RenderedName[]): readonly Text[] {
  const more = names.length - MOST_NAMES;
  return [
    ...names
      .slice(0, MOST_NAMES)
      .map(({ parts, classes }): Text => [code(templateText(parts)), ...inClasses(classes)]),
    ...(0 < more ? [[`and ${counted(more, "other name")}`]] : []),
  ];
}

function inClasses(classes: readonly string[]): Text {
  return classes.length === 0 ? [] : [" in ", ...firstOf(classes, (name) => [code(lastWord(name))])];
}

/** Who else takes it. Names with fields may turn out equal at run time although they are written otherwise. */
function sharedBy(index: ProjectIndex, named: NamedSite): Text {
  const sites = sameLock(index, named);
  const others = sites.filter(
    ({ site }, position) => site !== named.site && position === sites.findIndex((each) => each.site === site),
  );
  if (others.length === 0) {
    const isFixed = renderedNames(index, named).every(({ parts }) =>
      parts.every(({ kind }) => kind === "text"),
    );
    return [isFixed ? "taken only here" : "no other place has this name"];
  }
  const files = new Set(sites.map(({ file }) => file.path)).size;
  return [
    `taken at ${counted(others.length + 1, "site")} in ${counted(files, "file")}, also at `,
    ...firstOf(others, (other) => {
      const classes = classesOfEqualNames(index, named, other);
      const link = linkTo(other.file, other.site.range);
      return classes.length === 0
        ? [link]
        : [link, " (equal in ", ...firstOf(classes, (each) => [code(each)]), ")"];
    }),
  ];
}

/** What may take the same lock: for each reason the templates, each with the first of its places. */
function aliasItems(index: ProjectIndex, named: NamedSite): readonly Text[] {
  return [...groupBy(aliasesOf(index, named), aliasWords)].map(([words, aliases]) => [
    "may be the same lock: ",
    ...namesWithPlaces(
      index,
      aliases.map((alias) => alias.named),
    ),
    ` (${words})`,
  ]);
}

function removedAt(index: ProjectIndex, named: NamedSite): readonly Text[] {
  const removals = removalsOf(index, named);
  return removals.length === 0
    ? []
    : [
        [
          "its file is removed at ",
          ...firstOf(removals, ({ file, removal }) => [linkTo(file, removal.range)]),
        ],
      ];
}

/** For a nested function: what the calls pass for the fields, as the parameters exist only for the name. */
function passedFields({ file, site, name }: NamedSite): readonly Text[] {
  if (site.form !== "decorator" || site.target === undefined) {
    return [];
  }
  const { calls } = site.target;
  const roots = new Set(
    fieldsOf(name).flatMap((field) => (field.origin === "template" ? [field.root.text] : [])),
  );
  return [...roots].flatMap((root): readonly Text[] => {
    const passed = calls.flatMap((call) => call.passes.filter(({ parameter }) => parameter === root));
    return passed.map(({ source, range }) => [
      code(`{${root}}`),
      " is ",
      code(source),
      " at ",
      {
        kind: "place",
        text: `line ${positionAt(file.lines, range.start).line + 1}`,
        place: { path: file.path, range },
      },
    ]);
  });
}

/** The documented locks, each once. */
function locksOf(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  named: readonly NamedSite[],
): readonly DocumentedLock[] {
  const locks = named.flatMap((each) => entriesFor(index, sources, each));
  return [...new Map(locks.map((lock) => [lock.entry, lock])).values()];
}

function entryBlocks({ entry, source: { document } }: DocumentedLock): readonly Block[] {
  const title: Text = [
    document === undefined
      ? { kind: "link", text: "Documented", url: DOCUMENT_URL }
      : { kind: "place", text: "Documented", place: { path: document.path, range: entry.range } },
    " as ",
    strong(entry.title.text),
  ];
  const section = entry.criticalSection?.text;
  const names = entry.names.flatMap(({ text }, position) => [
    position === 0 ? ", named " : " or ",
    code(text),
  ]);
  return [
    paragraph(...title, ...names, entry.scope === undefined ? "" : `, scope ${entry.scope}`),
    ...(section === undefined ? [] : [paragraph("Critical section: ", withoutMarkup(section))]),
  ];
}

/** RST's double back quotes are Markdown's code; the rest of its markup reads the same. */
function withoutMarkup(text: string): string {
  return text.replaceAll("``", "`");
}
