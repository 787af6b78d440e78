/** Which VS Code runs the tests: the desktop where it is there and can show a window, else the browser build. */
import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { resolveCliPathFromVSCodeExecutablePath } from "@vscode/test-electron";
import { installWorkbench } from "./install-workbench.ts";
import { compiled } from "./paths.ts";
import { findProgram, isExecutable, run } from "./processes.ts";
import type { Profile } from "./profile.ts";
import { PlainError } from "./terminal.ts";
import { profileArguments } from "./workbench-server.ts";

export interface VisualStudioCode {
  /** Which one it is, to be printed. */
  readonly description: string;
  /** What `runTests()` shall spawn. */
  readonly executable: string;
  installExtension(vsix: string, profile: Profile): Promise<unknown>;
}

/** The desktop's VS Code, named by VSCODE_EXECUTABLE or found by its `code`; else the browser build. */
export async function findVisualStudioCode(): Promise<VisualStudioCode> {
  const executable = desktopExecutable();
  return executable === undefined ? browserBuild() : desktop(executable);
}

/** The browser build, installed where it is not yet. */
export async function browserBuild(): Promise<VisualStudioCode> {
  const { node, server, version } = await installWorkbench();
  return {
    description: `VS Code ${version}, browser build`,
    executable: join(compiled, "browser-executable.js"),
    installExtension: (vsix, profile) =>
      run(node, [server, `--install-extension=${vsix}`, ...profileArguments(profile)]),
  };
}

async function desktop(executable: string): Promise<VisualStudioCode> {
  const cli = resolveCliPathFromVSCodeExecutablePath(executable);
  const [version] = (await run(cli, ["--version"])).split("\n");
  return {
    description: `VS Code ${version}, desktop`,
    executable,
    installExtension: (vsix, { userData, extensions }) =>
      run(cli, [
        `--install-extension=${vsix}`,
        `--user-data-dir=${userData}`,
        `--extensions-dir=${extensions}`,
      ]),
  };
}

function desktopExecutable(): string | undefined {
  const { VSCODE_EXECUTABLE: named } = process.env;
  if (named === undefined) return hasDisplay() ? executableBehindCode() : undefined;
  if (!isExecutable(named)) throw new PlainError(`VSCODE_EXECUTABLE is no program: ${named}`);
  return named;
}

/** `code` is a script beside the real thing; only the real thing takes a test suite and waits for it. */
function executableBehindCode(): string | undefined {
  const code = findProgram("code");
  if (code === undefined) return undefined;
  const folder = dirname(realpathSync(code));
  return [join(folder, "..", "code"), join(folder, "..", "..", "..", "MacOS", "Electron")].find(isExecutable);
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}
