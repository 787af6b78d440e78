// What drivers there are is told by a few files: those of drivers and of their bases, not by all that lie beside them.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { AnalysisHost } from "../../server/src/analysis.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import { DEFAULT_DEPLOYMENT } from "../../server/src/project/deployment.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { changeOfText, factsReader, wantedChange } from "../../server/src/workspace/read-file.ts";
import { wasmEngine } from "../facts/parser.ts";
import { MemoryFiles } from "../workspace/memory-files.ts";

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

const BASE = { "cinder/volume/driver.py": "class BaseVD(object):\n    SUPPORTS_ACTIVE_ACTIVE = False\n" };

const DRIVERS = {
  "cinder/db/api.py": "class Api(object):\n    pass\n",
  "cinder/volume/drivers/client.py": "class Client(object):\n    pass\n",
  "cinder/volume/drivers/common.py":
    "from cinder.volume import driver\n\n\nclass Common(driver.BaseVD):\n    pass\n",
  "cinder/volume/drivers/fc.py":
    "from cinder.volume.drivers import common as base\nfrom cinder.zone import mixin\n\n\n" +
    "class FCDriver(mixin.Mixin, base.Common):\n    pass\n",
  "cinder/zone/mixin.py": "class Mixin(object):\n    SUPPORTS_ACTIVE_ACTIVE = True\n",
};

test("the files of drivers are read step by step from their common base on", () => {
  assert.deepEqual(readFor({ ...BASE, ...DRIVERS }), {
    rounds: [["volume/driver"], ["volume/drivers/common"], ["volume/drivers/fc"], ["zone/mixin"]],
    drivers: [["cinder.volume.drivers.fc.FCDriver", "True"]],
  });
});

test("without the common base, any file among the drivers' may have one", () => {
  assert.deepEqual(readFor(DRIVERS), {
    rounds: [
      ["volume/drivers/client", "volume/drivers/common", "volume/drivers/fc"],
      // The package might have the base from elsewhere.
      ["volume/__init__", "zone/mixin"],
    ],
    drivers: [["cinder.volume.drivers.fc.FCDriver", "True"]],
  });
});

/** The files that are read in full, a round at a time, and the drivers that are known then. */
function readFor(texts: Readonly<Record<string, string>>) {
  const packages = ["cinder", "cinder/db", "cinder/volume", "cinder/volume/drivers", "cinder/zone"];
  const inits = packages.map((each) => [`${each}/__init__.py`, ""] as const);
  const all = new Map(
    [...inits, ...Object.entries(texts)].map(([path, text]) => [`/w/${path}` as FilePath, text]),
  );
  const files = new MemoryFiles();
  for (const [path, text] of all) {
    files.write(path, text);
  }
  const reader = factsReader(engine, files);
  const host = new AnalysisHost();
  host.apply([...all].map(([path, text]) => changeOfText(reader, path, text)));
  const rounds: (readonly string[])[] = [];
  for (let wanted = host.unreadDriverFiles(); 0 < wanted.length; wanted = host.unreadDriverFiles()) {
    rounds.push(wanted.map((path) => path.replace(/^\/w\/cinder\/|\.py$/g, "")));
    host.apply(wanted.map((path) => wantedChange(reader, path, all.get(path) ?? "")));
  }
  const options = { levels: {}, includeTests: false, inlayHints: false, deployment: DEFAULT_DEPLOYMENT };
  const drivers = host.snapshot(options).driverLocks();
  return { rounds, drivers: drivers.map(({ driver, flag }) => [driver.qualifiedName, flag]) };
}
