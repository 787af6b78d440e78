/** The system's Python, for which Debian installs Cinder: it tells what Cinder does when it runs. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

const PYTHON = "/usr/bin/python3";

interface InstalledCinder {
  /** The folder that the package `cinder` is in. */
  readonly root: string;
  readonly version: string;
}

/** Without an installed Cinder the test is skipped; on CI, where the set-up installs it, it fails. */
export function findInstalledCinder(context: TestContext): InstalledCinder | undefined {
  const code = `
import importlib.metadata, sys, cinder
assert (3, 11) <= sys.version_info, "code tells its qualified name since Python 3.11"
print(cinder.__path__[0], importlib.metadata.version("cinder"), sep="\\n")`;
  const { status, stdout } = spawnSync(PYTHON, ["-c", code], { encoding: "utf8" });
  const [folder, version] = stdout?.split("\n") ?? [];
  if (status === 0 && folder !== undefined && version !== undefined) {
    return { root: dirname(folder), version };
  }
  const reason = `no Cinder is installed for ${PYTHON} (3.11 or newer)`;
  assert.equal(process.env["CI"], undefined, reason);
  context.skip(reason);
  return undefined;
}

/** Lists the locks of a project in a folder, and asks a script what Python says of the list: lines of words by kind. */
export function comparedByPython<Kind extends string>(
  context: TestContext,
  script: string,
  project: string,
  root: string,
): Readonly<Record<Kind, readonly string[]>> {
  const bigOutput = { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const folder = join(root, project);
  const listed = spawnSync(process.execPath, ["dist/cli.js", "list", "--format", "json", folder], bigOutput);
  const sites = JSON.parse(listed.stdout).sites.map((site: { path: string }) => ({
    ...site,
    path: `${project}/${site.path}`,
  }));
  const compared = spawnSync(PYTHON, [script, project], {
    ...bigOutput,
    input: JSON.stringify({ sites }),
    env: { ...process.env, PYTHONPATH: root },
  });
  assert.equal(compared.status, 0, compared.stderr);
  const result: Record<Kind, readonly string[]> = JSON.parse(compared.stdout);
  for (const [kind, lines] of Object.entries<readonly string[]>(result)) {
    context.diagnostic(`${kind}: ${lines.length}`);
  }
  return result;
}
