// Builds what runs: `dist/` is what the VSIX ships, `out/` the tests and development programs.
//   node esbuild.mjs [dist|out|all]
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const require = createRequire(import.meta.url);
const { version } = require("./package.json");

const PARSER = require.resolve("web-tree-sitter/web-tree-sitter.wasm");
const GRAMMAR = require.resolve("tree-sitter-python/tree-sitter-python.wasm");

/** Another one wherever a Python file might give other facts, so that no version reads what another one has cached. */
function fingerprint() {
  const sources = readdirSync("server/src", { recursive: true })
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => `server/src/${path}`);
  const hash = createHash("sha256");
  for (const file of [...sources, PARSER, GRAMMAR, require.resolve("web-tree-sitter")]) {
    const bytes = readFileSync(file);
    hash.update(`${bytes.length} `).update(bytes);
  }
  return hash.digest("hex");
}

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: true,
  logLevel: "warning",
  // Its CommonJS build: the other one asks for `import.meta`, which a CommonJS bundle does not have.
  define: {
    CINDER_LOCKS_VERSION: JSON.stringify(version),
    CINDER_LOCKS_FINGERPRINT: JSON.stringify(fingerprint()),
  },
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
};

/** The programs that are shipped: minified, self-contained but for VS Code and the optional native parser. */
async function buildDist() {
  await esbuild.build({
    ...common,
    entryPoints: {
      client: "client/src/extension.ts",
      server: "server/src/lsp/main.ts",
      cli: "server/src/cli/main.ts",
      "reading-worker": "server/src/workspace/reading-worker.ts",
    },
    outdir: "dist",
    minify: true,
    metafile: true,
    external: ["vscode", "tree-sitter", "./server.js"],
  });
  mkdirSync("dist", { recursive: true });
  cpSync(PARSER, "dist/web-tree-sitter.wasm");
  cpSync(GRAMMAR, "dist/tree-sitter-python.wasm");
}

/** Tests and the programs around them: readable, packages left in `node_modules`. */
async function buildOut() {
  await esbuild.build({
    ...common,
    entryPoints: readdirSync("test", { recursive: true })
      .filter((path) => path.endsWith(".ts") && !path.startsWith("sample/"))
      .map((path) => `test/${path}`),
    outdir: "out/test",
    outbase: "test",
    packages: "external",
    external: ["vscode"],
  });
}

export async function buildAll() {
  await buildDist();
  await buildOut();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const what = process.argv[2] ?? "all";
  if (what !== "out") await buildDist();
  if (what !== "dist") await buildOut();
}
