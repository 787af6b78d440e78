import type { TextRange } from "../../base/text-range.ts";
import { sitesAtPlace } from "../../catalog/join.ts";
import type { CatalogEntry } from "../../catalog/model.ts";
import { namesPath } from "../../catalog/source.ts";
import { functionsNamed } from "../../catalog/verdicts.ts";
import { originsOf, type ProjectIndex } from "../../project/project-index.ts";
import type { DefinitionAnswer } from "../definition.ts";
import type { Place } from "../markup.ts";
import type { DocumentSource } from "./lookup.ts";
import { entryAt, otherFileAt, spanAt } from "./lookup.ts";

/** From a path to its file, from a function to where it is defined, from a title or a name to the places that take the lock. */
export function definition(
  index: ProjectIndex,
  source: DocumentSource,
  offset: number,
): DefinitionAnswer | undefined {
  const other = otherFileAt(source, offset);
  if (other !== undefined) {
    return answerFor(other.range, filePlaces(index, source, other.file));
  }
  const entry = entryAt(source, offset);
  return entry && definitionInEntry(index, source, entry, offset);
}

function definitionInEntry(
  index: ProjectIndex,
  source: DocumentSource,
  entry: CatalogEntry,
  offset: number,
): DefinitionAnswer | undefined {
  const file = spanAt(entry.file === undefined ? [] : [entry.file], offset);
  if (file !== undefined) {
    return answerFor(file.range, filePlaces(index, source, file.text));
  }
  const where = spanAt(entry.where, offset);
  if (where !== undefined) {
    const functions = functionsNamed(index, source, entry.file?.text ?? "", where);
    return answerFor(
      where.range,
      functions.map(({ file: facts, range }) => ({ path: facts.path, range })),
    );
  }
  const name = spanAt([entry.title, ...entry.names], offset);
  const sites = name === undefined ? [] : sitesAtPlace(index, { entry, source });
  return (
    name &&
    answerFor(
      name.range,
      sites.map((named) => ({ path: named.file.path, range: named.site.range })),
    )
  );
}

function filePlaces(index: ProjectIndex, source: DocumentSource, file: string): readonly Place[] {
  return originsOf(index)
    .filter(({ path }) => namesPath(source, path, file))
    .map(({ path }) => ({ path, range: { start: 0, end: 0 } }));
}

function answerFor(origin: TextRange, targets: readonly Place[]): DefinitionAnswer | undefined {
  return targets.length === 0 ? undefined : { origin, targets };
}
