import type { FileFacts } from "../../facts/model.ts";
import type { ReportedFinding } from "../../rules/run.ts";

/** A finding with the file that it is in. */
export interface FileFinding {
  readonly file: FileFacts;
  readonly finding: ReportedFinding;
}
