// What is kept on the disk of what was read: is it ever another answer, an error, or in the way?
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { describe, type TestContext, test } from "node:test";
import fc from "fast-check";
import type { FactsDetail } from "../../server/src/facts/extract.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import { pathOfChange } from "../../server/src/project/project-index.ts";
import { cacheFolder, type Surroundings } from "../../server/src/workspace/cache-folder.ts";
import { discover } from "../../server/src/workspace/discover.ts";
import { CACHE_LIMITS, evictPacks } from "../../server/src/workspace/evict-packs.ts";
import { type CachePlace, FactsCache } from "../../server/src/workspace/facts-cache.ts";
import { filePathOf } from "../../server/src/workspace/file-paths.ts";
import { ParserOnDemand } from "../../server/src/workspace/parser-on-demand.ts";
import {
  type FactsReader,
  factsReader,
  readPythonFile,
  readThrough,
} from "../../server/src/workspace/read-file.ts";
import type { FileReading } from "../../server/src/workspace/read-files.ts";
import { type Outcome, PROGRAM, run } from "../cli/process.ts";
import { connectReady } from "../lsp/client.ts";
import { scratchFolder, writeFiles } from "./scratch-folder.ts";

const LIMIT = { timeout: 120_000 };

const SAMPLE = resolve("test/sample");

const PROJECT = {
  "cinder/__init__.py": "",
  "cinder/coordination.py": "def synchronized(*lock_names, blocking=True, coordinator=None):\n    pass\n",
  "cinder/base.py": "class Base:\n    prefix = 'base'\n",
  "cinder/driver.py": [
    "from cinder import base",
    "from cinder import coordination",
    "class Driver(base.Base):",
    "    def attach(self, volume):",
    "        with coordination.COORDINATOR.get_lock(self.prefix + '-' + volume.id): pass",
    "    @coordination.synchronized('{volum.id}')",
    "    def detach(self, volume): pass",
    "",
  ].join("\n"),
  "cinder/latin.py": Buffer.from("# -*- coding: latin-1 -*-\nname = 'caf\xe9'\n", "latin1"),
};

const engine = new ParserOnDemand({ folder: "dist", wanted: undefined });
const loading = engine.load();

function placeIn(folder: string, version = "1"): CachePlace {
  return { folder, version, limits: CACHE_LIMITS };
}

function filesBelow(root: string): readonly FilePath[] {
  return discover(root, { skipTests: false }).pythonFiles.map(filePathOf);
}

const DETAILS: readonly FactsDetail[] = ["locks", "whole"];

/** What the cache knows of each file of a project, and how the file is read without it. */
async function compare(
  root: string,
  cache: FactsCache,
): Promise<readonly { found: unknown; read: unknown }[]> {
  await loading;
  const reader = factsReader(engine);
  return filesBelow(root).flatMap((path) =>
    DETAILS.map((detail) => {
      const { version: _, ...read } = { version: undefined, ...readPythonFile(reader, path, detail) };
      const known = cache.find(reader, path, detail);
      return {
        found: known === undefined ? undefined : { ...known, version: undefined },
        read: { ...read, version: undefined },
      };
    }),
  );
}

/** Reads a project through its cache and keeps what was read. */
async function fill(place: CachePlace, root: string): Promise<FactsCache> {
  await loading;
  const reader = factsReader(engine);
  const cache = FactsCache.open(place, [filePathOf(root)]);
  for (const path of filesBelow(root)) {
    for (const detail of DETAILS) {
      readThrough(cache, reader, path, detail);
    }
  }
  assert.equal(cache.save(), undefined);
  return cache;
}

function reopen(place: CachePlace, root: string): FactsCache {
  return FactsCache.open(place, [filePathOf(root)]);
}

function packIn(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  return join(folder, name ?? "");
}

async function assertKnowsAll(root: string, cache: FactsCache): Promise<void> {
  for (const { found, read } of await compare(root, cache)) {
    assert.deepEqual(found, read);
  }
}

async function assertKnowsNothing(root: string, cache: FactsCache): Promise<void> {
  for (const { found } of await compare(root, cache)) {
    assert.equal(found, undefined);
  }
}

describe("what was read comes back as it was read", LIMIT, () => {
  for (const kind of ["the sample", "a project that was just written"]) {
    test(kind, async (t) => {
      const root = kind === "the sample" ? SAMPLE : scratchFolder(t, PROJECT);
      const place = placeIn(scratchFolder(t, {}));
      await assertKnowsNothing(root, reopen(place, root));
      await assertKnowsAll(root, await fill(place, root));
      await assertKnowsAll(root, reopen(place, root));
    });
  }

  test("a file of which nothing is kept is read", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await fill(place, root);
    writeFiles(root, { "cinder/late.py": "x = 1\n" });
    const known = (await compare(root, reopen(place, root))).filter(({ found }) => found !== undefined);
    assert.equal(known.length, 2 * Object.keys(PROJECT).length);
  });

  test("a file keeps its facts when only its time changes, not when its content does", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await fill(place, root);
    utimesSync(join(root, "cinder/driver.py"), 1, 1);
    await assertKnowsAll(root, reopen(place, root));
    appendFileSync(join(root, "cinder/driver.py"), "# more\n");
    const cache = reopen(place, root);
    assert.equal(
      cache.find(factsReader(engine), filePathOf(join(root, "cinder/driver.py")), "locks"),
      undefined,
    );
  });

  test("a file that is written twice within a moment, with the same size and time", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    const file = join(root, "cinder/driver.py");
    const { atime, mtime } = statSync(file);
    await fill(place, root);
    writeFileSync(file, PROJECT["cinder/driver.py"].replace("volum.id", "volxx.id"));
    utimesSync(file, atime, mtime);
    assert.equal(reopen(place, root).find(factsReader(engine), filePathOf(file), "locks"), undefined);
  });

  test("a file has another module name since its folder is no package any more", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await fill(place, root);
    rmSync(join(root, "cinder/__init__.py"));
    await assertKnowsNothing(root, reopen(place, root));
  });

  test("another version of the program finds nothing, and leaves its own", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const folder = scratchFolder(t, {});
    await fill(placeIn(folder, "1"), root);
    await assertKnowsNothing(root, reopen(placeIn(folder, "2"), root));
    await fill(placeIn(folder, "2"), root);
    await assertKnowsAll(root, reopen(placeIn(folder, "2"), root));
    assert.equal(readdirSync(folder).length, 1);
  });

  test("files that are gone are forgotten, those that were not asked for are not", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await fill(place, root);
    const before = statSync(packIn(place.folder)).size;
    rmSync(join(root, "cinder/base.py"));
    writeFiles(root, { "cinder/late.py": "x = 1\n" });
    const cache = reopen(place, root);
    readThrough(cache, factsReader(engine), filePathOf(join(root, "cinder/late.py")), "locks");
    assert.equal(cache.save(), undefined);
    assert.ok(statSync(packIn(place.folder)).size < before);
    const known = (await compare(root, reopen(place, root))).filter(({ found }) => found !== undefined);
    assert.equal(known.length, 2 * (Object.keys(PROJECT).length - 1) + 1);
  });
});

describe("which files a project wants in full is known", LIMIT, () => {
  const BASE = "cinder/base.py";

  async function known(place: CachePlace, root: string): Promise<readonly string[] | undefined> {
    await loading;
    const reader = factsReader(engine);
    return reopen(place, root).findWanted(reader, locksOf(reader, root))?.map(pathOfChange);
  }

  /** Reads a project, and has its bases in full. */
  async function remember(place: CachePlace, root: string): Promise<void> {
    const reader = factsReader(engine);
    const cache = await fill(place, root);
    const path = filePathOf(join(root, BASE));
    cache.rememberWanted(locksOf(reader, root), [{ path, result: readPythonFile(reader, path, "whole") }]);
    assert.equal(cache.save(), undefined);
  }

  function locksOf(reader: FactsReader, root: string): readonly FileReading[] {
    return filesBelow(root).map((path) => ({ path, result: readPythonFile(reader, path, "locks") }));
  }

  test("where nothing has changed but times", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await remember(place, root);
    utimesSync(join(root, BASE), 1, 1);
    assert.deepEqual(await known(place, root), [filePathOf(join(root, BASE))]);
  });

  const changes: Readonly<Record<string, (root: string) => void>> = {
    "a file that decides a name": (root) => appendFileSync(join(root, BASE), "# more\n"),
    "a file that does not": (root) => appendFileSync(join(root, "cinder/coordination.py"), "# more\n"),
    "one file more": (root) => writeFiles(root, { "cinder/late.py": "x = 1\n" }),
    "one file less": (root) => rmSync(join(root, "cinder/latin.py")),
    "a file by another name": (root) =>
      renameSync(join(root, "cinder/latin.py"), join(root, "cinder/greek.py")),
    "a folder that is no package any more": (root) => rmSync(join(root, "cinder/__init__.py")),
  };
  for (const [title, change] of Object.entries(changes)) {
    test(`not with ${title}`, async (t) => {
      const root = scratchFolder(t, PROJECT);
      const place = placeIn(scratchFolder(t, {}));
      await remember(place, root);
      change(root);
      assert.equal(await known(place, root), undefined);
      await fill(place, root);
      assert.equal(await known(place, root), undefined);
    });
  }

  test("not where a file changes between two looks at it", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await remember(place, root);
    const reader = factsReader(engine);
    const before = locksOf(reader, root);
    appendFileSync(join(root, BASE), "# more\n");
    assert.equal(reopen(place, root).findWanted(reader, before), undefined);
    const path = filePathOf(join(root, BASE));
    const cache = reopen(placeIn(scratchFolder(t, {})), root);
    cache.rememberWanted(before, [{ path, result: readPythonFile(reader, path, "whole") }]);
    assert.equal(cache.findWanted(reader, before), undefined);
  });

  test("to the commands, that then say what they say without", (t) => {
    const root = scratchFolder(t, PROJECT);
    const env = { CINDER_LOCKS_CACHE: scratchFolder(t, {}) };
    const steps: readonly (() => void)[] = [
      () => {},
      () =>
        writeFiles(root, { "cinder/base.py": "from cinder import more\nclass Base(more.More):\n    pass\n" }),
      () => writeFiles(root, { "cinder/more.py": "class More:\n    prefix = 'more'\n" }),
      () => rmSync(join(root, "cinder/more.py")),
    ];
    for (const step of steps) {
      step();
      for (const args of [
        ["list", root, "--format", "json"],
        ["check", root, "--format", "json"],
      ]) {
        assert.deepEqual(run(args, { env }), run(args));
        assert.deepEqual(run(args, { env }), run(args));
      }
    }
  });
});

type Damage = (bytes: Buffer) => Buffer;

/** What happens to files: they lose their end, some bytes change, some come in between, or all is something else. */
const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    (share): Damage =>
      (bytes) =>
        bytes.subarray(0, Math.floor(share * bytes.length)),
  ),
  fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
    })
    .map(
      (flips): Damage =>
        (bytes) => {
          const copy = Buffer.from(bytes);
          for (const [share, mask] of flips) {
            const at = Math.min(copy.length - 1, Math.floor(share * copy.length));
            copy.writeUInt8(copy.readUInt8(at) ^ mask, at);
          }
          return copy;
        },
    ),
  fc.uint8Array({ minLength: 1 }).map(
    (more): Damage =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, 40), more, bytes.subarray(40)]),
  ),
  fc.uint8Array().map(
    (other): Damage =>
      () =>
        Buffer.from(other),
  ),
);

describe("a damaged cache", LIMIT, () => {
  test("tells the right facts or nothing, and is written anew", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await fill(place, root);
    const pack = packIn(place.folder);
    const sound = readFileSync(pack);
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        writeFileSync(pack, damage(sound));
        for (const { found, read } of await compare(root, reopen(place, root))) {
          assert.ok(found === undefined || assert.deepEqual(found, read) === undefined);
        }
      }),
      { numRuns: 150 },
    );
    writeFileSync(pack, "something else");
    await fill(place, root);
    await assertKnowsAll(root, reopen(place, root));
  });

  test("that of another project is not taken for its own", async (t) => {
    const [root, other] = [scratchFolder(t, PROJECT), scratchFolder(t, PROJECT)];
    const [place, elsewhere] = [placeIn(scratchFolder(t, {})), placeIn(scratchFolder(t, {}))];
    await fill(place, root);
    await fill(elsewhere, other);
    cpSync(packIn(elsewhere.folder), packIn(place.folder));
    await assertKnowsNothing(root, reopen(place, root));
  });

  test("a folder where the file should be", async (t) => {
    const root = scratchFolder(t, PROJECT);
    const place = placeIn(scratchFolder(t, {}));
    await fill(place, root);
    const pack = packIn(place.folder);
    rmSync(pack);
    mkdirSync(join(pack, "in-the-way"), { recursive: true });
    const cache = reopen(place, root);
    await assertKnowsNothing(root, cache);
    const reader = factsReader(engine);
    readThrough(cache, reader, filePathOf(join(root, "cinder/base.py")), "locks");
    assert.match(cache.save() ?? "", /^what was read cannot be kept in /);
    assert.deepEqual(readdirSync(place.folder), [pack.slice(place.folder.length + 1)]);
  });
});

/** The program, installed without what it parses with. */
function withoutParser(t: TestContext): string {
  const installed = scratchFolder(t, {});
  cpSync("dist", installed, { recursive: true });
  rmSync(join(installed, "web-tree-sitter.wasm"));
  return installed;
}

describe("the commands", LIMIT, () => {
  const commands = [["list", "--tests"], ["check", "--tests"], ["catalog"]];

  for (const command of commands) {
    test(`${command.join(" ")} says the same without a cache, filling it and from it`, (t) => {
      for (const root of [scratchFolder(t, PROJECT), SAMPLE]) {
        const folder = scratchFolder(t, {});
        const args = [...command, root, "--format", "json"];
        const plain = run(args);
        assert.deepEqual(run(args, { env: { CINDER_LOCKS_CACHE: folder } }), plain);
        const pack = statSync(packIn(folder)).ino;
        assert.deepEqual(run(args, { env: { CINDER_LOCKS_CACHE: folder } }), plain);
        // That a file has come to rest since it was written is news, too; the sample's were written long ago.
        if (root === SAMPLE) {
          assert.equal(statSync(packIn(folder)).ino, pack, "it is written only when there is news");
        }
      }
    });
  }

  test("need no parser where all is known", (t) => {
    const root = scratchFolder(t, PROJECT);
    const env = { CINDER_LOCKS_CACHE: scratchFolder(t, {}) };
    const first = run(["list", root], { env });
    assert.equal(first.code, 0);
    const options = { program: join(withoutParser(t), "cli.js"), env };
    assert.deepEqual(run(["list", root], options), first);
    writeFiles(root, { "cinder/base.py": "class Base:\n    prefix = 'other'\n" });
    assert.equal(run(["list", root], options).code, 2);
  });

  test("that want all do not take what was skimmed; a list takes what was read for these", (t) => {
    const root = scratchFolder(t, PROJECT);
    const [skimmed, read] = [scratchFolder(t, {}), scratchFolder(t, {})];
    const program = join(withoutParser(t), "cli.js");
    const fromCache = (command: string, cache: string): Outcome =>
      run([command, root], { program, env: { CINDER_LOCKS_CACHE: cache } });

    const list = run(["list", root], { env: { CINDER_LOCKS_CACHE: skimmed } });
    assert.deepEqual(fromCache("list", skimmed), list);
    assert.equal(fromCache("check", skimmed).code, 2);

    const check = run(["check", root], { env: { CINDER_LOCKS_CACHE: read } });
    assert.deepEqual(fromCache("check", read), check);
    assert.deepEqual(fromCache("list", read), list);
    assert.equal(readdirSync(read).length, 1);
  });

  test("follow a file that changes", (t) => {
    const root = scratchFolder(t, PROJECT);
    const env = { CINDER_LOCKS_CACHE: scratchFolder(t, {}) };
    const args = ["list", root, "--format", "json"];
    assert.match(run(args, { env }).stdout, /"base-/);
    writeFiles(root, { "cinder/base.py": "class Base:\n    prefix = 'next'\n" });
    const after = run(args, { env });
    assert.deepEqual(after, run(args));
    assert.match(after.stdout, /"next-/);
  });

  test("several at once leave one whole cache", async (t) => {
    const folder = scratchFolder(t, {});
    const env = { ...process.env, CINDER_LOCKS_CACHE: folder };
    const args = [PROGRAM, "list", SAMPLE, "--tests"];
    const together = Array.from({ length: 4 }, () => spawn(process.execPath, args, { env, stdio: "ignore" }));
    assert.deepEqual(
      await Promise.all(together.map(async (each) => (await once(each, "exit"))[0])),
      [0, 0, 0, 0],
    );
    const pack = packIn(folder);
    const { ino } = statSync(pack);
    run(["list", SAMPLE, "--tests"], { env: { CINDER_LOCKS_CACHE: folder } });
    assert.equal(statSync(packIn(folder)).ino, ino, "what the last one wrote tells all");
  });

  test("go without a cache where none can be written, and only take a note of it", (t) => {
    const root = scratchFolder(t, PROJECT);
    const folder = join(scratchFolder(t, { file: "" }), "file", "cache");
    const { stderr, ...outcome } = run(["list", root], { env: { CINDER_LOCKS_CACHE: folder } });
    const plain = run(["list", root]);
    assert.deepEqual(outcome, { code: plain.code, stdout: plain.stdout });
    const note = `cinder-locks: note: what was read cannot be kept in ${folder}: no such folder\n`;
    assert.equal(stderr, `${plain.stderr}${note}`);
  });

  test("never write among the files that they read", (t) => {
    const root = scratchFolder(t, PROJECT);
    const link = join(scratchFolder(t, {}), "link");
    symlinkSync(root, link, "junction");
    const before = readdirSync(root);
    for (const folder of [root, join(root, "cache"), join(link, "a/b")]) {
      assert.deepEqual(run(["list", root], { env: { CINDER_LOCKS_CACHE: folder } }), run(["list", root]));
      assert.deepEqual(readdirSync(root), before);
    }
  });
});

describe("the server", LIMIT, () => {
  test("finds the same from its cache, and shares it with the command line", async (t) => {
    const cache = scratchFolder(t, {});
    const outcomes = [];
    for (const options of [{}, { cache }, { cache }]) {
      const client = await connectReady(t, [SAMPLE], options);
      outcomes.push(await client.pullWorkspace());
      await client.stop();
    }
    const [plain, filling, filled] = outcomes.map(withoutResultIds);
    assert.deepEqual(filling, plain);
    assert.deepEqual(filled, plain);
    const program = join(withoutParser(t), "cli.js");
    const { code } = run(["list", SAMPLE], { program, env: { CINDER_LOCKS_CACHE: cache } });
    assert.equal(code, 0, "the command line reads nothing anew");
  });
});

describe("the folder of caches", () => {
  function packs(t: TestContext, ages: readonly number[], size = 10): string {
    const folder = scratchFolder(
      t,
      Object.fromEntries(ages.map((age) => [`${age}.pack`, Buffer.alloc(size)])),
    );
    for (const age of ages) {
      utimesSync(join(folder, `${age}.pack`), 1000 - age, 1000 - age);
    }
    return folder;
  }
  const evicted = (folder: string, limits: Partial<typeof CACHE_LIMITS>): readonly string[] => {
    evictPacks(folder, { files: 100, bytes: 1000, age: 1_000_000, ...limits }, 1_000_000);
    return readdirSync(folder);
  };

  test("keeps so many packs, those used last", (t) => {
    assert.deepEqual(evicted(packs(t, [1, 2, 3, 4]), { files: 2 }), ["1.pack", "2.pack"]);
  });

  test("keeps so many bytes", (t) => {
    assert.deepEqual(evicted(packs(t, [1, 2, 3, 4], 10), { bytes: 30 }), ["1.pack", "2.pack", "3.pack"]);
    assert.deepEqual(evicted(packs(t, [1], 100), { bytes: 30 }), []);
  });

  test("keeps none that nobody has used for long", (t) => {
    assert.deepEqual(evicted(packs(t, [1, 20, 30]), { age: 10_000 }), ["1.pack"]);
  });

  test("loses what a writer left unfinished that was ended, and nothing that is not its own", (t) => {
    const folder = packs(t, [1]);
    writeFiles(folder, { "1.pack.7-0.tmp": "", "1.pack.8-0.tmp": "", "notes.txt": "" });
    const now = Date.now();
    utimesSync(join(folder, "1.pack.7-0.tmp"), 1, 1);
    utimesSync(join(folder, "notes.txt"), 1, 1);
    evictPacks(folder, { ...CACHE_LIMITS, age: now }, now);
    assert.deepEqual(readdirSync(folder), ["1.pack", "1.pack.8-0.tmp", "notes.txt"]);
  });

  test("lies where each system keeps such things, or where the user says", () => {
    const on = (
      platform: Surroundings["platform"],
      environment: Surroundings["environment"],
    ): string | undefined => cacheFolder({ environment, platform, home: "/home/ann" });
    assert.equal(on("linux", {}), "/home/ann/.cache/cinder-locks");
    assert.equal(on("linux", { XDG_CACHE_HOME: "/var/cache/ann" }), "/var/cache/ann/cinder-locks");
    assert.equal(on("linux", { XDG_CACHE_HOME: "relative" }), "/home/ann/.cache/cinder-locks");
    assert.equal(on("darwin", {}), "/home/ann/Library/Caches/cinder-locks");
    assert.equal(on("win32", {}), "/home/ann/AppData/Local/cinder-locks");
    assert.equal(on("win32", { LOCALAPPDATA: "/local" }), "/local/cinder-locks");
    assert.equal(on("linux", { CINDER_LOCKS_CACHE: "off" }), undefined);
    assert.equal(on("linux", { CINDER_LOCKS_CACHE: "" }), "/home/ann/.cache/cinder-locks");
    assert.equal(on("linux", { CINDER_LOCKS_CACHE: "/tmp/c" }), "/tmp/c");
  });
});

/** The reports without what numbers them. */
function withoutResultIds(reports: readonly object[]): readonly object[] {
  return reports.map((report) => ({ ...report, resultId: undefined }));
}
