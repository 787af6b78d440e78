import type { CallHierarchyItem } from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import type { Analysis } from "../../analysis.ts";
import type { LockItem, LockStep } from "../../queries/call-hierarchy.ts";
import { fromLspPosition, toLspRange } from "../convert/positions.ts";
import { pathOfUri, uriOfPath } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import { pointedAt } from "../pointed-at.ts";
import type { Session } from "../session.ts";

/** From lock to lock: incoming are those that may be held where this one is taken, outgoing those taken under it. */
export const callHierarchy: Feature = {
  capabilities: { callHierarchyProvider: true },
  register: (session) => {
    const log = session.connection.console;
    const { callHierarchy: hierarchy } = session.connection.languages;
    hierarchy.onPrepare(
      guarded(log, "prepare call hierarchy", null, (params) => {
        const at = pointedAt(session, params);
        const item = at?.analysis.lockItem(at.path, at.offset);
        return at === undefined || item === undefined
          ? null
          : [toLspItem(at.analysis, item)].flatMap((each) => each ?? []);
      }),
    );
    hierarchy.onIncomingCalls(
      guarded(log, "incoming calls", null, ({ item }) =>
        stepsOf(session, item, (analysis, path, offset) => analysis.heldAbove(path, offset)).flatMap(
          ({ analysis, step }) => {
            const from = toLspItem(analysis, step.item);
            const lines = analysis.linesOf(step.item.path);
            return from === undefined || lines === undefined
              ? []
              : { from, fromRanges: step.from.map((range) => toLspRange(lines, range)) };
          },
        ),
      ),
    );
    hierarchy.onOutgoingCalls(
      guarded(log, "outgoing calls", null, ({ item }) =>
        stepsOf(session, item, (analysis, path, offset) => analysis.takenBelow(path, offset)).flatMap(
          ({ analysis, step }) => {
            const to = toLspItem(analysis, step.item);
            const lines = analysis.linesOf(pathOfUri(item.uri));
            return to === undefined || lines === undefined
              ? []
              : { to, fromRanges: step.from.map((range) => toLspRange(lines, range)) };
          },
        ),
      ),
    );
  },
};

function stepsOf(
  session: Session,
  { uri, selectionRange }: CallHierarchyItem,
  ask: (analysis: Analysis, path: ReturnType<typeof pathOfUri>, offset: number) => readonly LockStep[],
): readonly { readonly analysis: Analysis; readonly step: LockStep }[] {
  const analysis = session.analysis();
  const path = pathOfUri(uri);
  const lines = analysis.linesOf(path);
  return lines === undefined
    ? []
    : ask(analysis, path, fromLspPosition(lines, selectionRange.start)).map((step) => ({ analysis, step }));
}

function toLspItem(
  analysis: Analysis,
  { name, detail, path, range }: LockItem,
): CallHierarchyItem | undefined {
  const lines = analysis.linesOf(path);
  return (
    lines && {
      name,
      detail,
      kind: SymbolKind.Key,
      uri: uriOfPath(path),
      range: toLspRange(lines, range),
      selectionRange: toLspRange(lines, range),
    }
  );
}
