import type { Location } from "vscode-languageserver";
import type { Analysis } from "../../analysis.ts";
import type { Place } from "../../queries/markup.ts";
import { toLspRange } from "./positions.ts";
import { uriOfPath } from "./uris.ts";

/** A place as the protocol names it; `undefined` for a file that is no longer part of the project. */
export function toLspLocation(analysis: Analysis, place: Place): Location | undefined {
  const lines = analysis.linesOf(place.path);
  return lines && { uri: uriOfPath(place.path), range: toLspRange(lines, place.range) };
}
