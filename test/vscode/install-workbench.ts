/**
 * Sets up a real VS Code from the npm registry alone: `code-server` carries the whole build, its own Node runs
 * it, any browser shows it. Everything goes into one folder named by the exact versions; the folder gets its name
 * only when all steps are done, so that it is the stamp: a set-up broken half-way is never mistaken for one.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "./paths.ts";
import { run } from "./processes.ts";
import { ensureCompiler } from "./system-programs.ts";
import { say } from "./terminal.ts";

const NODE_VERSION = "24.21.0";
const CODE_SERVER_VERSION = "4.139.1";

/** The modules of the server with compiled parts that it cannot start without. */
const COMPILED_MODULES = ["node-pty", "@vscode/spdlog", "@parcel/watcher", "@vscode/native-watchdog"];

/** An installed browser build of VS Code. */
export interface Workbench {
  /** The Node that runs it. */
  readonly node: string;
  /** Its entry point. */
  readonly server: string;
  readonly version: string;
}

/** The browser build, installed where it is not yet; costs nothing the second time. */
export async function installWorkbench(): Promise<Workbench> {
  const folder = join(cacheFolder, `workbench-${CODE_SERVER_VERSION}-node-${NODE_VERSION}`);
  if (!existsSync(folder)) await install(folder);
  const vscode = vscodeFolder(folder);
  const { version } = JSON.parse(readFileSync(join(vscode, "package.json"), "utf8"));
  return { node: nodeProgram(folder), server: join(vscode, "out", "server-main.js"), version };
}

async function install(folder: string): Promise<void> {
  await ensureCompiler();
  const unfinished = `${folder}.unfinished`;
  removeOthers();
  mkdirSync(unfinished, { recursive: true });
  const vscode = vscodeFolder(unfinished);
  const node = join(unfinished, "node");
  const server = join(unfinished, "server");
  const without = ["install", "--omit=dev", "--ignore-scripts"];
  const steps: readonly Step[] = [
    {
      what: `Node ${NODE_VERSION}`,
      npm: ["install", "--prefix", node, `node@${NODE_VERSION}`],
      cwd: unfinished,
    },
    {
      what: `code-server ${CODE_SERVER_VERSION}`,
      npm: ["install", "--prefix", server, "--ignore-scripts", `code-server@${CODE_SERVER_VERSION}`],
      cwd: unfinished,
    },
    { what: "the packages of VS Code", npm: without, cwd: vscode },
    { what: "compiling four of them", npm: ["rebuild", ...COMPILED_MODULES], cwd: vscode },
    { what: "the packages of its own extensions", npm: without, cwd: join(vscode, "extensions") },
  ];
  say("workbench: setting up a VS Code for the tests (once; about a minute, 800 MB)");
  for (const [index, step] of steps.entries()) {
    say(`workbench: ${index + 1}/${steps.length} ${step.what}`);
    await run("npm", step.npm, { cwd: step.cwd, env: npmEnvironment(unfinished) });
  }
  renameSync(unfinished, folder);
  say("workbench: ready");
}

/** Those of older versions, and what a set-up left that was broken off. */
function removeOthers(): void {
  const names = existsSync(cacheFolder) ? readdirSync(cacheFolder) : [];
  for (const name of names.filter((each) => each.startsWith("workbench-"))) {
    rmSync(join(cacheFolder, name), { recursive: true, force: true });
  }
}

interface Step {
  readonly what: string;
  readonly npm: readonly string[];
  readonly cwd: string;
}

/**
 * The new Node first, and npm as if nobody had called it: started by `npm test`, it would otherwise take this
 * repository for its own and keep to its `ignore-scripts`.
 */
function npmEnvironment(folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_(local_|global_?)?prefix$)/i.test(name),
  );
  const { PATH = "" } = process.env;
  return {
    ...Object.fromEntries(inherited),
    PATH: [binaries(folder), PATH].join(delimiter),
    npm_config_ignore_scripts: "false",
  };
}

function binaries(folder: string): string {
  return join(folder, "node", "node_modules", ".bin");
}

function nodeProgram(folder: string): string {
  return join(binaries(folder), "node");
}

function vscodeFolder(folder: string): string {
  return join(folder, "server", "node_modules", "code-server", "lib", "vscode");
}
