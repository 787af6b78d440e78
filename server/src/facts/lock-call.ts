import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import type { ApiUse } from "./lock-apis.ts";
import { argumentsFor, type LockArguments, passedArguments } from "./passed-arguments.ts";

/** A call of a lock API, whatever stands around it: what every idiom has in common. */
export interface LockCall {
  readonly tree: SyntaxTree;
  readonly callee: SyntaxNode;
  readonly call: SyntaxNode;
  readonly use: ApiUse;
}

/** What the call's arguments say. */
export function readArguments({ tree, call, use }: LockCall): LockArguments {
  return argumentsFor(use.api, passedArguments(tree, call));
}
