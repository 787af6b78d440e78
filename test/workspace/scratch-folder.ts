import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

/** Files of a test: their texts, or their bytes, by path below the folder; a path that ends in `/` is a folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A new folder with these files, that is gone when the test ends. Its path holds no links. */
export function scratchFolder(t: TestContext, files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cinder-locks-")));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    if (path.endsWith("/")) {
      mkdirSync(target, { recursive: true });
    } else {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  }
}
