// Does the report tell the drivers' locks that end at their node, whichever module of the driver takes them?
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Files, scratchFolder } from "../workspace/scratch-folder.ts";
import { run } from "./process.ts";

const DRIVERS: Files = {
  "cinder/__init__.py": "",
  "cinder/volume/__init__.py": "",
  "cinder/volume/driver.py": "class BaseVD:\n    SUPPORTS_ACTIVE_ACTIVE = False\n",
  "cinder/volume/drivers/__init__.py": "",
  "cinder/volume/drivers/plain.py": `from cinder import utils
from cinder.volume import driver


class PlainDriver(driver.BaseVD):
    @utils.synchronized('plain')
    def create_volume(self, volume):
        volume.create()


class Helper:
    pass
`,
  "cinder/volume/drivers/acme/__init__.py": "",
  "cinder/volume/drivers/acme/iscsi.py": `from cinder.volume import driver


class ISCSIDriver(driver.BaseVD):
    SUPPORTS_ACTIVE_ACTIVE = True
`,
  "cinder/volume/drivers/acme/client.py": `from cinder import coordination
from cinder import utils


class Client:
    @utils.synchronized('acme-{pool}', external=True)
    def create_pool(self, pool):
        pool.create()

    @coordination.synchronized('acme-{pool.id}')
    def delete_pool(self, pool):
        pool.delete()
`,
};

const ACME = `## \`cinder.volume.drivers.acme.iscsi.ISCSIDriver\`

\`SUPPORTS_ACTIVE_ACTIVE = True\`

| lock | scope | taken at |
| --- | --- | --- |
| \`acme-{pool}\` | node | cinder/volume/drivers/acme/client.py:6 |

Beside these 1 site takes a global lock.
`;

const PLAIN = `## \`cinder.volume.drivers.plain.PlainDriver\`

\`SUPPORTS_ACTIVE_ACTIVE = False\`

| lock | scope | taken at |
| --- | --- | --- |
| \`plain\` | process | cinder/volume/drivers/plain.py:6 |
`;

const SUMMARY = "2 of 2 drivers take process or node locks; `SUPPORTS_ACTIVE_ACTIVE = True` is said by 1.\n";

function sectionsOf(...args: readonly string[]): string {
  const { code, stdout, stderr } = run(["report", "active-active", ...args]);
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout.slice(stdout.indexOf("## "));
}

describe("report active-active", () => {
  test("of a checkout", (t) => {
    assert.equal(sectionsOf(scratchFolder(t, DRIVERS)), [ACME, PLAIN, SUMMARY].join("\n"));
  });

  test("of one driver's file or folder, by the bases elsewhere in the checkout", (t) => {
    const drivers = join(scratchFolder(t, DRIVERS), "cinder/volume/drivers");
    assert.ok(sectionsOf(join(drivers, "plain.py")).startsWith(PLAIN));
    assert.ok(sectionsOf(join(drivers, "acme")).startsWith(ACME));
  });

  test("there is no other report", () => {
    const { code, stderr } = run(["report", "weather"]);
    assert.equal(code, 2);
    assert.match(stderr, /active-active/);
  });
});
