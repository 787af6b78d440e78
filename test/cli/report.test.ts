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


class Base(driver.BaseVD):
    pass


class PlainDriver(Base):
    @utils.synchronized('plain')
    def create_volume(self, volume):
        volume.create()

    @utils.synchronized('plain')
    def delete_volume(self, volume):
        volume.delete()


class Helper:
    pass
`,
  "cinder/volume/drivers/global.py": `from cinder import coordination
from cinder.volume.drivers import plain


class GlobalDriver(plain.Base):
    @coordination.synchronized('global')
    def create_volume(self, volume):
        volume.create()
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
| \`plain\` | process | cinder/volume/drivers/plain.py:10, 14 |
`;

const GLOBAL = `## \`cinder.volume.drivers.global.GlobalDriver\`

\`SUPPORTS_ACTIVE_ACTIVE = False\`

It takes no process or node lock.

1 site takes a global lock.
`;

const OVERVIEW =
  "\n2 of 3 drivers take process or node locks; `SUPPORTS_ACTIVE_ACTIVE = True` is said by 1, 1 of them among these.\n";

function report(...args: readonly string[]): string {
  const { code, stdout, stderr } = run(["report", "active-active", ...args]);
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout;
}

function sectionsOf(...args: readonly string[]): string {
  const text = report(...args);
  return text.slice(text.indexOf("## "));
}

describe("report active-active", () => {
  test("of a checkout: first the drivers that are said to run on several nodes", (t) => {
    const text = report(scratchFolder(t, DRIVERS));
    assert.ok(text.includes(OVERVIEW), text);
    assert.equal(text.slice(text.indexOf("## ")), [ACME, PLAIN].join("\n"));
  });

  test("of one driver's file or folder, by the bases elsewhere in the checkout", (t) => {
    const drivers = join(scratchFolder(t, DRIVERS), "cinder/volume/drivers");
    assert.equal(sectionsOf(join(drivers, "plain.py")), PLAIN);
    assert.equal(sectionsOf(join(drivers, "acme")), ACME);
  });

  test("of one driver by the name of its class or module", (t) => {
    const folder = scratchFolder(t, DRIVERS);
    assert.equal(sectionsOf(folder, "PlainDriver"), PLAIN);
    assert.equal(sectionsOf(folder, "cinder.volume.drivers.plain.PlainDriver"), PLAIN);
    assert.equal(sectionsOf(folder, "acme"), ACME);
    assert.equal(sectionsOf(folder, "GlobalDriver"), GLOBAL);
  });

  test("of drivers without the bases of a checkout", (t) => {
    const { "cinder/volume/driver.py": _, ...others } = DRIVERS;
    assert.equal(sectionsOf(scratchFolder(t, others)), ACME);
  });

  test("of a driver that there is not", (t) => {
    const { code, stderr } = run(["report", "active-active", scratchFolder(t, DRIVERS), "NoDriver"]);
    assert.equal(code, 2);
    assert.equal(stderr, "cinder-locks: there is neither a file nor a driver 'NoDriver'\n");
  });

  test("there is no other report", () => {
    const { code, stderr } = run(["report", "weather"]);
    assert.equal(code, 2);
    assert.match(stderr, /active-active/);
  });
});
