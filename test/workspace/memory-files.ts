import { compareText } from "../../server/src/base/order.ts";
import { isCatalogDocument } from "../../server/src/catalog/source.ts";
import type { DiscoverOptions, Discovery } from "../../server/src/workspace/discover.ts";
import { wouldDiscover } from "../../server/src/workspace/discover.ts";
import type { FileSystem } from "../../server/src/workspace/file-system.ts";
import type { FileStamp } from "../../server/src/workspace/file-version.ts";

/** Files in memory. A folder is there as long as a file lies in it. */
export class MemoryFiles implements FileSystem {
  readonly #files = new Map<string, { readonly text: string; readonly time: number }>();
  /** Each writing has its own time. */
  #time = 0;

  read(path: string): Buffer {
    return Buffer.from(this.#fileAt(path).text);
  }

  stampOf(path: string): FileStamp {
    return { stamp: String(this.#fileAt(path).time), isAtRest: true };
  }

  readonly exists = (path: string): boolean => this.#files.has(path) || 0 < this.below(path).length;

  discover(root: string, { documents = [] }: DiscoverOptions): Promise<Discovery> {
    const found = this.below(root)
      .filter((path) => wouldDiscover(root, path, this.exists))
      .sort(compareText);
    return Promise.resolve({
      pythonFiles: found.filter((path) => path.endsWith(".py")),
      catalogDocuments: found.filter((path) => isCatalogDocument(path, documents)),
      problems: [],
    });
  }

  textOf(path: string): string | undefined {
    return this.#files.get(path)?.text;
  }

  write(path: string, text: string): void {
    this.#time += 1;
    this.#files.set(path, { text, time: this.#time });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  /** The files that lie in a folder, at any depth. */
  below(folder: string): readonly string[] {
    return [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`));
  }

  #fileAt(path: string): { readonly text: string; readonly time: number } {
    const file = this.#files.get(path);
    if (file === undefined) {
      throw new Error("does not exist");
    }
    return file;
  }
}
