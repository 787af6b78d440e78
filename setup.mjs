// What a fresh machine needs before anything of the project runs: the packages, and a build of what changed.
//   node setup.mjs [--with-native]
// `--with-native` also builds the native parser, the tests' second opinion; without a C++ compiler it is left out.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const STAMP = "node_modules/.cinder-locks-setup";

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

process.chdir(import.meta.dirname ?? new URL(".", import.meta.url).pathname);
installPackages();
if (process.argv.includes("--with-native")) {
  buildNativeParser();
}
console.log("Building");
const { buildAll } = await import("./esbuild.mjs");
await buildAll();
