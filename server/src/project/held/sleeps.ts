import type { BodyCall } from "../../facts/model.ts";
import type { ProjectIndex } from "../project-index.ts";
import { nameByImports } from "../resolve/modules.ts";
import { surelyCalled } from "./calls.ts";
import type { FunctionInProject } from "./functions.ts";

/** Where functions sleep, themselves or in a helper that they call. */

export interface Sleep {
  readonly sleeper: FunctionInProject;
  readonly call: BodyCall;
}

/**
 * The sleep that a call surely is, or that the function has which it surely runs. Further down, what sleeps is mostly what
 * repeats a failed request: little to wait for, and nothing that the caller could do otherwise.
 */
export function sleepBehind(
  index: ProjectIndex,
  caller: FunctionInProject,
  call: BodyCall,
): Sleep | undefined {
  if (sleeps(caller, call)) {
    return { sleeper: caller, call };
  }
  const sleeper = surelyCalled(index, caller, call);
  const sleep = sleeper?.body.calls.find((each) => sleeps(sleeper, each));
  return sleeper === undefined || sleep === undefined ? undefined : { sleeper, call: sleep };
}

function sleeps({ file }: FunctionInProject, { callee }: BodyCall): boolean {
  return SLEEPS.has(nameByImports(file, callee));
}

const SLEEPS: ReadonlySet<string> = new Set([
  "time.sleep",
  "eventlet.sleep",
  "eventlet.greenthread.sleep",
  "greenthread.sleep",
]);
