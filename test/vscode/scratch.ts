/** Throw-away copies: every run has a profile and workspaces of its own, so that none can see an older one's. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Profile, prepare } from "./profile.ts";

/** A folder that is gone when the program ends, however it ends. */
export interface Scratch {
  readonly root: string;
  /** A fresh profile over a folder of extensions, which profiles may share. */
  profile(name: string, extensions: string): Profile;
  /** A copy of a folder, under the same name, that may be edited. */
  copyOf(folder: string): string;
}

/** In the system's folder for such things: the desktop's sockets do not stand long paths. */
export function createScratch(): Scratch {
  const root = mkdtempSync(join(tmpdir(), "cinder-locks-"));
  process.once("exit", () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  return {
    root,
    profile: (name, extensions) =>
      prepare({ userData: join(root, `profile-${name}`), extensions: join(root, extensions) }),
    copyOf: (folder) => {
      const copy = join(mkdtempSync(join(root, "workspace-")), basename(folder));
      cpSync(folder, copy, { recursive: true });
      return copy;
    },
  };
}
