import { existsSync, readFileSync } from "node:fs";
import { type DiscoverOptions, type Discovery, discover } from "./discover.ts";

/** What is asked of the files, so that a project can be kept up to date with any that behave like files. */
export interface FileSystem {
  /** @throws what the system says, where there is no such file or it cannot be read */
  read(path: string): Buffer;
  /** Whether there is a file or a folder of that name. */
  exists(path: string): boolean;
  /** What matters to us below a folder. */
  discover(root: string, options: DiscoverOptions): Discovery;
}

export const DISK: FileSystem = { read: (path) => readFileSync(path), exists: existsSync, discover };
