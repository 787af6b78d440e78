/** Where things lie, found from the compiled program's own place so that it may be started from anywhere. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function folderWithManifest(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : folderWithManifest(dirname(folder));
}

/** The root of the repository. */
export const repository = folderWithManifest(__dirname);

/** Where the test VS Code is kept between runs; ignored by git. */
export const cacheFolder = join(repository, ".vscode-test");

/** The packaged extension. */
export const packagedExtension = join(repository, "dist", "cinder-locks.vsix");

/** The profile of the VS Code that people start to try the extension. */
export const trialProfile = {
  userData: join(cacheFolder, "trial"),
  extensions: join(cacheFolder, "trial-extensions"),
};

/** The compiled tests. */
export const compiled = join(repository, "out", "test", "vscode");

/** The hand-written sample checkout, and a Python project without locks. */
export const sample = join(repository, "test", "sample");
export const sampleWithoutLocks = join(repository, "test", "sample-without-locks");
