import { window, workspace } from "vscode";
import { currentDeployment, DEPLOYMENT_SETTING } from "../deployment.ts";
import type { Session } from "../session.ts";

/** Choose deployment: how Cinder is run, for which hover and findings speak. */
export async function chooseDeployment({ deployments }: Session): Promise<void> {
  const current = currentDeployment();
  const items = deployments.map(({ name, words }) => ({
    label: name,
    description: name === current ? "current" : "",
    detail: words,
  }));
  const chosen = await window.showQuickPick(items, { placeHolder: "How is Cinder deployed?" });
  if (chosen !== undefined) await workspace.getConfiguration().update(DEPLOYMENT_SETTING, chosen.label);
}
