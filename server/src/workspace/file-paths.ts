import { basename, dirname, resolve } from "node:path";
import type { FilePath } from "../facts/model.ts";
import type { FileSystem } from "./file-system.ts";

/** The only place where file paths are minted: absolute, with `/` between folders on every system. */
export function filePathOf(path: string): FilePath {
  return resolve(path).replaceAll("\\", "/") as FilePath;
}

/** A name for a text that has no file, such as an untitled document. */
export function nameOfUnsaved(uri: string): FilePath {
  return uri as FilePath;
}

/** Whether the path is one of the file system, and not the name of an unsaved text. */
export function isFile(path: FilePath): boolean {
  return path.startsWith("/") || /^[A-Za-z]:\//.test(path);
}

/** Tells the dotted names under which Python imports files: from the topmost folder that is a package. */
export class ModuleNames {
  readonly #files: Pick<FileSystem, "exists">;
  readonly #isPackage = new Map<string, boolean>();
  readonly #packageNames = new Map<string, readonly string[]>();

  constructor(files: Pick<FileSystem, "exists">) {
    this.#files = files;
  }

  /** For `/src/cinder/volume/manager.py` it is `cinder.volume.manager`, if `cinder` and `volume` are packages. */
  moduleOf(path: FilePath): string {
    const name = basename(path, ".py");
    const folders = this.#packageNamesOf(dirname(path));
    return (name === "__init__" && 0 < folders.length ? folders : [...folders, name]).join(".");
  }

  /** Of a folder with those around it, as far as they are packages. */
  #packageNamesOf(folder: string): readonly string[] {
    let known = this.#packageNames.get(folder);
    if (known === undefined) {
      known = this.#isPackageFolder(folder)
        ? [...this.#packageNamesOf(dirname(folder)), basename(folder)]
        : [];
      this.#packageNames.set(folder, known);
    }
    return known;
  }

  /** The folder in which the topmost package of the file lies: where a checkout's imports begin. */
  importRootOf(path: FilePath): string {
    let folder = dirname(path);
    while (this.#isPackageFolder(folder)) {
      folder = dirname(folder);
    }
    return folder;
  }

  /** Forgets what is known of the packages, as their `__init__.py` may come and go. */
  forget(): void {
    this.#isPackage.clear();
    this.#packageNames.clear();
  }

  /** Directly in a package a folder needs no `__init__.py` of its own: Python imports it as a namespace. */
  #isPackageFolder(folder: string): boolean {
    let known = this.#isPackage.get(folder);
    if (known === undefined) {
      known = this.#hasInit(folder) || this.#hasInit(dirname(folder));
      this.#isPackage.set(folder, known);
    }
    return known;
  }

  #hasInit(folder: string): boolean {
    return this.#files.exists(`${folder}/__init__.py`) && dirname(folder) !== folder;
  }
}
