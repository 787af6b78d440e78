import { existsSync, readFileSync } from "node:fs";
import { type DiscoverOptions, type Discovery, discoverInSlices } from "./discover.ts";
import { type FileStamp, stampOf } from "./file-version.ts";

/** What is asked of the files, so that a project can be kept up to date with any that behave like files. */
export interface FileSystem {
  /** @throws what the system says, where there is no such file or it cannot be read */
  read(path: string): Buffer;
  /** What tells one state of a file from another without a look at its content. @throws if there is no such file */
  stampOf(path: string): FileStamp;
  /** Whether there is a file or a folder of that name. */
  exists(path: string): boolean;
  /** What matters to us below a folder. */
  discover(root: string, options: DiscoverOptions): Promise<Discovery>;
}

export const DISK: FileSystem = {
  read: (path) => readFileSync(path),
  stampOf,
  exists: existsSync,
  discover: discoverInSlices,
};
