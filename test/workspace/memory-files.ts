import { compareText } from "../../server/src/base/order.ts";
import { isCatalogDocument } from "../../server/src/catalog/source.ts";
import type { DiscoverOptions, Discovery } from "../../server/src/workspace/discover.ts";
import { wouldDiscover } from "../../server/src/workspace/discover.ts";
import type { FileSystem } from "../../server/src/workspace/file-system.ts";

/** Files in memory. A folder is there as long as a file lies in it. */
export class MemoryFiles implements FileSystem {
  readonly #texts = new Map<string, string>();

  read(path: string): Buffer {
    const text = this.#texts.get(path);
    if (text === undefined) {
      throw new Error("does not exist");
    }
    return Buffer.from(text);
  }

  readonly exists = (path: string): boolean => this.#texts.has(path) || 0 < this.below(path).length;

  discover(root: string, { documents = [] }: DiscoverOptions): Discovery {
    const found = this.below(root)
      .filter((path) => wouldDiscover(root, path, this.exists))
      .sort(compareText);
    return {
      pythonFiles: found.filter((path) => path.endsWith(".py")),
      catalogDocuments: found.filter((path) => isCatalogDocument(path, documents)),
      problems: [],
    };
  }

  textOf(path: string): string | undefined {
    return this.#texts.get(path);
  }

  write(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  remove(path: string): void {
    this.#texts.delete(path);
  }

  /** The files that lie in a folder, at any depth. */
  below(folder: string): readonly string[] {
    return [...this.#texts.keys()].filter((path) => path.startsWith(`${folder}/`));
  }
}
