import { rangeOf } from "../../syntax/engine.ts";
import { isInBranch, methodCallOn, withStatementEntering } from "../../syntax/python-nodes.ts";
import type { LockCall } from "../lock-call.ts";
import { readArguments } from "../lock-call.ts";
import type { AcquireSite, CallSite, WithSite } from "../model.ts";
import { functionNameAround } from "./function-name.ts";

/** The ways to use the lock that a call returns; each gives a site or says that it is not this one. */

/** `with coordination.COORDINATOR.get_lock(name):`, also `with get_lock(name)(False):` with the way it waits. */
export function withSite(lockCall: LockCall): WithSite | undefined {
  const { tree, call, callee, use } = lockCall;
  const entered =
    call.parent?.type === "call" && call.parent.startIndex === call.startIndex ? call.parent : call;
  const statement = use.api.gives === "lock" ? withStatementEntering(entered) : undefined;
  const body = statement?.childForFieldName("body");
  return body === undefined || body === null
    ? undefined
    : {
        form: "with",
        range: rangeOf(call),
        calleeRange: rangeOf(callee),
        use,
        ...readArguments(lockCall),
        functionName: functionNameAround(tree, call),
        via: undefined,
        bodyRange: rangeOf(body),
        isInBranch: isInBranch(call),
      };
}

/** `coordination.COORDINATOR.get_lock(name).acquire()`. */
export function acquireSite(lockCall: LockCall): AcquireSite | undefined {
  const { tree, call, callee, use } = lockCall;
  return methodCallOn(tree, call, "acquire") === undefined
    ? undefined
    : {
        form: "acquire",
        isInBranch: isInBranch(call),
        range: rangeOf(call),
        calleeRange: rangeOf(callee),
        use,
        ...readArguments(lockCall),
        functionName: functionNameAround(tree, call),
        via: undefined,
      };
}

/** Any other call: `lock = get_lock(name)`, `coordination.synchronized(name)(function)()`, `return synchronized(name)`. */
export function callSite(lockCall: LockCall): CallSite {
  const { tree, call, callee, use } = lockCall;
  return {
    form: "call",
    range: rangeOf(call),
    calleeRange: rangeOf(callee),
    use,
    ...readArguments(lockCall),
    functionName: functionNameAround(tree, call),
    via: undefined,
  };
}
