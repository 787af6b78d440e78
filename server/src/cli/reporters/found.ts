import type { LineIndex } from "../../base/line-index.ts";
import type { FilePath } from "../../facts/model.ts";
import type { ReportedFinding } from "../../rules/run.ts";

/** What was looked at: a Python file, or a document of locks. */
interface CheckedFile {
  readonly path: FilePath;
  readonly lines: LineIndex;
}

/** A finding with the file that it is in. */
export interface FileFinding {
  readonly file: CheckedFile;
  readonly finding: ReportedFinding;
}
