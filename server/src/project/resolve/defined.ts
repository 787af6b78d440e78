import type { TextRange } from "../../base/text-range.ts";
import type { FileFacts, FilePath } from "../../facts/model.ts";
import type { ProjectIndex } from "../project-index.ts";

/** What a lock is known by in another file, told by names: these stay while the file is edited, its place does not. */
export type Defined =
  | {
      readonly kind: "attribute";
      readonly path: FilePath;
      readonly className: string;
      readonly name: string;
      /** Which of the assignments to `self` it is; `undefined` for the one in the body of the class. */
      readonly position: number | undefined;
    }
  | { readonly kind: "variable" | "wrapper"; readonly path: FilePath; readonly name: string };

export interface PlaceOfDefinition {
  readonly path: FilePath;
  /** The name's. */
  readonly range: TextRange;
}

/** Where it stands now. */
export function placeOfDefined(index: ProjectIndex, defined: Defined): PlaceOfDefinition | undefined {
  const file = index.files.get(defined.path);
  const range = file === undefined ? undefined : rangeIn(file, defined);
  return range && { path: defined.path, range };
}

function rangeIn(file: FileFacts, defined: Defined): TextRange | undefined {
  switch (defined.kind) {
    case "attribute": {
      // Of several classes of one name the last, as Python has it.
      const owner = file.classes?.findLast(({ name }) => name === defined.className);
      const assigned =
        defined.position === undefined
          ? owner?.classAttributes.get(defined.name)
          : owner?.instanceAttributes.get(defined.name)?.[defined.position];
      return assigned?.range;
    }
    case "variable":
      return file.definitions.get(defined.name)?.nameRange;
    case "wrapper":
      return file.wrappers.find(({ name }) => name === defined.name)?.nameRange;
  }
}
