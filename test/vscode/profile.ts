/** A profile: where a VS Code keeps what, and how it looks to somebody who wants to see nothing but the code. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Both are folders; VS Code makes what is missing in them. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
}

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.colorTheme": "Light Modern",
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** Gives a new profile its settings; those of an older one are its owner's. The profile, for convenience. */
export function prepare(profile: Profile): Profile {
  // The desktop looks in the first, the browser build in the second.
  for (const folder of [join(profile.userData, "User"), join(profile.userData, "data", "Machine")]) {
    const file = join(folder, "settings.json");
    mkdirSync(folder, { recursive: true });
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(SETTINGS, undefined, 2));
  }
  mkdirSync(profile.extensions, { recursive: true });
  return profile;
}
