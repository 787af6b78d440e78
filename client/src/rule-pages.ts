/** The pages of rules, to which findings link: told by the server, shown as Markdown is read. */
import { commands, Disposable, Uri, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { RULE_PAGES_OPTION, rulePageRequest } from "../../server/src/protocol/extensions.ts";

const SCHEME = "cinder-locks-rule";
const SHOW = "cinderLocks.showRule";

/** Tells the server where the pages are: behind a command, which needs no browser and asks the user nothing. */
export const RULE_PAGES = { [RULE_PAGES_OPTION]: `command:${SHOW}?%5B%22{rule}%22%5D` };

export function provideRulePages(client: LanguageClient): Disposable {
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ path }) =>
        client.sendRequest<string | null>(rulePageRequest, path.replace(/^\/|\.md$/g, "")),
    }),
    commands.registerCommand(SHOW, (rule: string) =>
      commands.executeCommand("markdown.showPreview", Uri.from({ scheme: SCHEME, path: `/${rule}.md` })),
    ),
  );
}
