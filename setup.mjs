// What a fresh machine needs before anything of the project runs: the packages, and a build of what changed.
//   node setup.mjs [--with-native] [--with-cinder]
// `--with-native` also builds the native parser, the tests' second opinion; without a C++ compiler it is left out.
// `--with-cinder` also installs Debian's Cinder, which the tests call; only root can, and only where apt is.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const STAMP = "node_modules/.cinder-locks-setup";
const PYTHON = "/usr/bin/python3";
const SERVICE_POLICY = "/usr/sbin/policy-rc.d";

/** Runs npm with its output on the terminal; `undefined` where it succeeds, else what it ended with. */
function npm(...args) {
  const { status, error } = spawnSync("npm", args, { stdio: "inherit", shell: process.platform === "win32" });
  return status === 0 ? undefined : (error?.message ?? `exit code ${status}`);
}

/** The packages as the lock file names them; the stamp spares the look when nothing changed. */
function installPackages() {
  const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) {
    return;
  }
  console.log("Installing packages");
  // Not `npm ci`: it refuses a lock file that leaves out optional packages for other systems, as npm itself writes it.
  const trouble = npm("install", "--no-save", "--no-audit", "--no-fund");
  if (trouble !== undefined) {
    console.error(`The packages cannot be installed: npm install ended with ${trouble}`);
    process.exit(2);
  }
  writeFileSync(STAMP, wanted);
}

/** Packages run no scripts when installed (.npmrc); the native parser's is run here, for who asks for it. */
function buildNativeParser() {
  const check = spawnSync(process.execPath, ["-e", "require('tree-sitter'); require('tree-sitter-python')"]);
  if (check.status === 0) {
    return;
  }
  console.log("Building the native parser");
  const trouble = npm("rebuild", "--ignore-scripts=false", "--no-audit", "tree-sitter", "tree-sitter-python");
  if (trouble !== undefined) {
    console.log(`The native parser cannot be built here (${trouble}); WebAssembly serves alone`);
  }
}

/** Cinder for the system's Python, with what it imports. */
function installCinder() {
  if (spawnSync(PYTHON, ["-c", "import cinder"]).status === 0) {
    return;
  }
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) {
    console.log(
      `No Cinder for ${PYTHON}, and only root can install it, with apt-get; tests that call it are skipped`,
    );
    return;
  }
  console.log(`Installing python3-cinder for ${PYTHON}; tests call it`);
  const install = ["install", "--yes", "--no-install-recommends", "python3-cinder"];
  // A fresh machine has no package lists yet.
  const trouble = withoutStartingServices(() => aptGet(install) && (aptGet(["update"]) ?? aptGet(install)));
  if (trouble !== undefined) {
    console.log(`python3-cinder cannot be installed here (${trouble}); tests that call it are skipped`);
  }
}

/** Cinder's libraries depend on iSCSI's, which has a service; no test needs it. Debian asks this program before a start. */
function withoutStartingServices(install) {
  if (existsSync(SERVICE_POLICY)) {
    return install();
  }
  writeFileSync(SERVICE_POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return install();
  } finally {
    rmSync(SERVICE_POLICY);
  }
}

/** Runs apt-get, which asks nothing; `undefined` where it succeeds, else its last words. */
function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  const { status, stderr, error } = spawnSync("apt-get", ["--quiet", ...args], { encoding: "utf8", env });
  return status === 0
    ? undefined
    : (error?.message ?? stderr.trim().split("\n").at(-1) ?? `exit code ${status}`);
}

process.chdir(import.meta.dirname ?? new URL(".", import.meta.url).pathname);
installPackages();
if (process.argv.includes("--with-native")) {
  buildNativeParser();
}
if (process.argv.includes("--with-cinder")) {
  installCinder();
}
console.log("Building");
const { buildAll } = await import("./esbuild.mjs");
await buildAll();
