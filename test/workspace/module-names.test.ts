// Under which dotted name does Python import a file?
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { filePathOf, ModuleNames, nameOfUnsaved } from "../../server/src/workspace/file-paths.ts";
import { DISK } from "../../server/src/workspace/file-system.ts";
import { scratchFolder } from "./scratch-folder.ts";

const PACKAGES = {
  "src/cinder/__init__.py": "",
  "src/cinder/volume/__init__.py": "",
  "src/cinder/volume/manager.py": "",
  "src/cinder/scripts/tool.py": "",
  "src/setup.py": "",
};

describe("module names", () => {
  for (const [path, module] of [
    ["src/cinder/volume/manager.py", "cinder.volume.manager"],
    ["src/cinder/volume/__init__.py", "cinder.volume"],
    ["src/cinder/__init__.py", "cinder"],
    ["src/cinder/volume/not_there_yet.py", "cinder.volume.not_there_yet"],
    // Directly in a package, a folder needs no `__init__.py` of its own: it is a namespace.
    ["src/cinder/scripts/tool.py", "cinder.scripts.tool"],
    ["src/setup.py", "setup"],
    ["src/__init__.py", "__init__"],
    ["src/cinder/no-identifier.py", "cinder.no-identifier"],
  ] as const) {
    test(`${path} is ${module}`, (t) => {
      const folder = scratchFolder(t, PACKAGES);
      assert.equal(new ModuleNames(DISK).moduleOf(filePathOf(join(folder, path))), module);
    });
  }

  test("imports begin where the topmost package lies", (t) => {
    const folder = scratchFolder(t, PACKAGES);
    const names = new ModuleNames(DISK);
    assert.equal(
      names.importRootOf(filePathOf(join(folder, "src/cinder/volume/manager.py"))),
      join(folder, "src"),
    );
    assert.equal(
      names.importRootOf(filePathOf(join(folder, "src/cinder/scripts/tool.py"))),
      join(folder, "src"),
    );
  });

  test("packages are remembered until they are forgotten", (t) => {
    const folder = scratchFolder(t, PACKAGES);
    const names = new ModuleNames(DISK);
    const manager = filePathOf(join(folder, "src/cinder/volume/manager.py"));
    assert.equal(names.moduleOf(manager), "cinder.volume.manager");
    rmSync(join(folder, "src/cinder/__init__.py"));
    writeFileSync(join(folder, "src/__init__.py"), "");
    assert.equal(names.moduleOf(manager), "cinder.volume.manager");
    names.forget();
    assert.equal(names.moduleOf(manager), "src.cinder.volume.manager");
  });

  test("a text without a file is a module of its own", () => {
    const names = new ModuleNames(DISK);
    assert.equal(names.moduleOf(nameOfUnsaved("untitled:Untitled-1")), "untitled:Untitled-1");
    assert.equal(names.moduleOf(filePathOf("/x.py")), "x");
  });
});

test("file paths are absolute, without detours and without a slash at the end", () => {
  assert.equal(filePathOf("/a/./b/../c.py"), "/a/c.py");
  assert.equal(filePathOf("/a/b/"), "/a/b");
  assert.equal(filePathOf("x.py"), join(process.cwd(), "x.py"));
});
