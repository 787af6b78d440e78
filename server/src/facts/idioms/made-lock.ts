import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import {
  argumentsOf,
  callOf,
  enclosingDefinition,
  isFunction,
  isName,
  methodCallOn,
  statementOf,
  withParentheses,
  withStatementEntering,
} from "../../syntax/python-nodes.ts";
import type { ApiUse } from "../lock-apis.ts";
import type { MadeLock } from "../model.ts";
import { functionNameAround } from "./function-name.ts";
import { waysUsed } from "./handed-on.ts";

/** `threading.Lock()`: an object that is a lock, and who can take it. */
export function madeLock(tree: SyntaxTree, callee: SyntaxNode, use: ApiUse): MadeLock | undefined {
  const call = callOf(callee);
  return call === undefined
    ? undefined
    : {
        range: rangeOf(call),
        use,
        functionName: functionNameAround(tree, call),
        takenBy: whoTakes(tree, call),
        isGivenArguments: 0 < argumentsOf(call).length,
      };
}

function whoTakes(tree: SyntaxTree, call: SyntaxNode): MadeLock["takenBy"] {
  if (withStatementEntering(call) !== undefined || methodCallOn(tree, call, "acquire") !== undefined) {
    return "statement";
  }
  const variable = variableOf(call);
  const definition = enclosingDefinition(tree, call);
  if (variable === undefined || definition === undefined || !isFunction(definition)) {
    return "others";
  }
  const ways = waysUsed(tree, textOf(tree, variable), definition);
  return ways.has("taken") && !ways.has("on") ? "call" : "others";
}

/** The variable that is given the value, and nothing else with it. */
function variableOf(call: SyntaxNode): SyntaxNode | undefined {
  const assignment = withParentheses(call).parent;
  const variable =
    assignment?.type === "assignment" && statementOf(assignment) !== undefined
      ? assignment.childForFieldName("left")
      : null;
  return variable !== null && isName(variable) ? variable : undefined;
}
