/** The language status item (the braces beside the language's name): draws what the server says of itself. */
import { type Disposable, LanguageStatusSeverity, languages } from "vscode";
import type { ServerStatus } from "../../server/src/protocol/extensions.ts";
import { documentSelector } from "./language-client.ts";

/** What there is to show: the server's own words, or that there is no server to say any. */
export type ShownStatus = ServerStatus | { readonly state: "starting" | "stopped" };

interface StatusItem extends Disposable {
  show(status: ShownStatus): void;
}

/** An item that shows nothing of interest until it is told. */
export function createStatusItem(): StatusItem {
  const item = languages.createLanguageStatusItem("cinderLocks.status", documentSelector());
  item.name = "Cinder Locks";
  const show = (status: ShownStatus) => {
    const { text, detail, isTrouble } = describe(status);
    item.text = text;
    item.detail = detail;
    item.busy = status.state === "starting" || status.state === "indexing";
    item.severity = isTrouble ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command =
      status.state === "stopped"
        ? { title: "Restart", command: "cinderLocks.restart" }
        : { title: "Show log", command: "cinderLocks.showLog" };
  };
  return { show, dispose: () => item.dispose() };
}

interface Description {
  readonly text: string;
  readonly detail: string;
  readonly isTrouble: boolean;
}

function describe(status: ShownStatus): Description {
  switch (status.state) {
    case "starting":
      return { text: "Cinder Locks", detail: "starting", isTrouble: false };
    case "stopped":
      return { text: "Cinder Locks", detail: "the language server does not run", isTrouble: true };
    case "indexing":
      return { text: "Cinder Locks", detail: `reading ${count(status.files, "file")}`, isTrouble: false };
    case "ready":
      return {
        text: count(status.sites, "lock site"),
        detail: `in ${count(status.files, "file")} (${status.parser} parser)`,
        isTrouble: false,
      };
    case "failed":
      return { text: "Cinder Locks", detail: "the index could not be built", isTrouble: true };
  }
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
