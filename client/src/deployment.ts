/** The setting that says how Cinder is run, and the language status item that shows it and leads to its choice. */
import { Disposable, type ExtensionContext, languages, workspace } from "vscode";
import { documentSelector } from "./language-client.ts";

export const DEPLOYMENT_SETTING = "cinderLocks.deployment";

/** A value of the setting, with the words for it. */
export interface KnownDeployment {
  readonly name: string;
  readonly words: string;
}

interface Declaration {
  readonly enum: readonly string[];
  readonly enumDescriptions: readonly string[];
}

/** What there is to choose from, as the manifest declares it. */
export function knownDeployments({ extension }: ExtensionContext): readonly KnownDeployment[] {
  const declared: Declaration =
    extension.packageJSON.contributes.configuration.properties[DEPLOYMENT_SETTING];
  return declared.enum.map((name, at) => ({ name, words: declared.enumDescriptions[at] ?? "" }));
}

export function currentDeployment(): string {
  return workspace.getConfiguration().get(DEPLOYMENT_SETTING, "");
}

export function createDeploymentItem(): Disposable {
  const item = languages.createLanguageStatusItem(DEPLOYMENT_SETTING, documentSelector());
  item.name = "Cinder deployment";
  item.detail = "the deployment that hover and findings speak for";
  item.command = { title: "Choose", command: "cinderLocks.chooseDeployment" };
  const show = () => {
    item.text = currentDeployment();
  };
  show();
  const listener = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(DEPLOYMENT_SETTING)) show();
  });
  return Disposable.from(listener, item);
}
