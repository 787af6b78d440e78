import { parseArgs } from "node:util";
import { DEFAULT_DEPLOYMENT, DEPLOYMENTS, type Deployment } from "../project/deployment.ts";
import { type RuleId, ruleNamed } from "../rules/registry.ts";
import type { RuleLevel, Severity } from "../rules/rule.ts";
import type { RuleLevels } from "../rules/run.ts";
import { RULE_LEVELS } from "../settings/schema.ts";
import { unknownRule } from "./commands/explain.ts";

/** What the command line asks for, or why it cannot be understood. */
export type Invocation =
  | { readonly kind: "run"; readonly command: Command; readonly options: CliOptions }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "misuse"; readonly complaint: string };

const COMMANDS = ["list", "check", "catalog", "graph", "report", "explain", "lsp"] as const;
export type Command = (typeof COMMANDS)[number];

/** What each command can print, the default first. */
const FORMATS = {
  list: ["text", "json"],
  check: ["text", "json", "sarif", "github"],
  catalog: ["text", "json", "rst"],
  graph: ["text", "json", "dot", "mermaid"],
  report: ["text"],
  explain: ["text", "json"],
  lsp: ["text"],
} as const satisfies Readonly<Record<Command, readonly string[]>>;
export type Format = (typeof FORMATS)[Command][number];

const FAIL_LEVELS = ["error", "warning", "information", "hint", "never"] as const;
export type FailLevel = Severity | "never";

export interface CliOptions {
  /** The file or folder, or for `explain` the rule. */
  readonly target: string | undefined;
  /** For `report`: what stands behind the path, or for it: a driver by the name of its class or module. */
  readonly driver: string | undefined;
  readonly format: Format;
  readonly failOn: FailLevel;
  readonly includeTests: boolean;
  /** For `check`: how loud single rules are. */
  readonly levels: RuleLevels;
  /** For `check`: how Cinder is run. */
  readonly deployment: Deployment;
  /** For `catalog`: which document is written, by the end of its path; the drivers' if none is named. */
  readonly document: string | undefined;
  /** For `list`: whether guards on a status are listed, too. */
  readonly withGuards: boolean;
  /** For `catalog`: whether a document that has drifted from the code counts as a finding. */
  readonly failsOnDrift: boolean;
}

const FLAGS = {
  format: { type: "string" },
  "fail-on": { type: "string" },
  document: { type: "string" },
  deployment: { type: "string" },
  rule: { type: "string", multiple: true },
  check: { type: "boolean" },
  all: { type: "boolean" },
  tests: { type: "boolean" },
  stdio: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

export function readArguments(args: readonly string[]): Invocation {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
    if (values.help === true || positionals[0] === "help") {
      return { kind: "help" };
    }
    if (values.version === true) {
      return { kind: "version" };
    }
    return readCommand(positionals, values);
  } catch (error) {
    return misuse(error instanceof Error ? (error.message.split(/\.\s|\n/)[0] ?? "") : String(error));
  }
}

function readCommand(
  positionals: readonly string[],
  values: {
    readonly format?: string;
    readonly "fail-on"?: string;
    readonly document?: string;
    readonly deployment?: string;
    readonly rule?: readonly string[];
    readonly check?: boolean;
    readonly all?: boolean;
    readonly tests?: boolean;
    readonly stdio?: boolean;
  },
): Invocation {
  const isReport = positionals[0] === "report";
  if (isReport && positionals[1] !== "active-active") {
    return misuse("report needs the name of a report: active-active");
  }
  const [name, target, ...others] = isReport ? ["report", ...positionals.slice(2)] : positionals;
  const [driver, ...rest] = isReport ? others : [undefined, ...others];
  const command = COMMANDS.find((known) => known === name);
  if (command === undefined) {
    return misuse(name === undefined ? "no command given" : `unknown command '${name}'`);
  }
  if (rest[0] !== undefined) {
    return misuse(`unexpected argument '${rest[0]}'`);
  }
  const formats: readonly Format[] = FORMATS[command];
  const format = formats.find((known) => known === (values.format ?? "text"));
  if (format === undefined) {
    return misuse(`unknown format '${values.format}'; there is ${formats.join(", ")}`);
  }
  const forCatalog = ["document", "check"].find((option) => option in values);
  if (command !== "catalog" && forCatalog !== undefined) {
    return misuse(`--${forCatalog} is for catalog only`);
  }
  if (command !== "list" && values.all === true) {
    return misuse("--all is for list only");
  }
  const forCheck = ["deployment", "rule"].find((option) => option in values);
  if (command !== "check" && forCheck !== undefined) {
    return misuse(`--${forCheck} is for check only`);
  }
  const levels = readLevels(values.rule ?? []);
  if (typeof levels === "string") {
    return misuse(levels);
  }
  const deployment = DEPLOYMENTS.find((known) => known === (values.deployment ?? DEFAULT_DEPLOYMENT));
  if (deployment === undefined) {
    return misuse(`unknown deployment '${values.deployment}'; there is ${DEPLOYMENTS.join(", ")}`);
  }
  const failOn = FAIL_LEVELS.find((known) => known === (values["fail-on"] ?? "error"));
  if (failOn === undefined) {
    return misuse(`unknown level '${values["fail-on"]}' for --fail-on; there is ${FAIL_LEVELS.join(", ")}`);
  }
  if (command === "lsp" && values.stdio !== true) {
    return misuse("the server speaks over standard input and output only: lsp --stdio");
  }
  return {
    kind: "run",
    command,
    options: {
      target,
      driver,
      format,
      failOn,
      includeTests: values.tests === true,
      levels,
      deployment,
      document: values.document,
      withGuards: values.all === true,
      failsOnDrift: values.check === true,
    },
  };
}

/** `mixed-scope=off`, one for each rule; or what is wrong with one of them. */
function readLevels(given: readonly string[]): RuleLevels | string {
  const levels: Partial<Record<RuleId, RuleLevel>> = {};
  for (const each of given) {
    const [id = "", wanted] = each.split("=");
    const rule = ruleNamed(id);
    const level = RULE_LEVELS.find((known) => known === wanted);
    if (rule === undefined) {
      return unknownRule(id);
    }
    if (level === undefined) {
      return `no level for ${id}; write --rule ${id}=LEVEL with one of ${RULE_LEVELS.join(", ")}`;
    }
    levels[rule.id] = level;
  }
  return levels;
}

function misuse(complaint: string): Invocation {
  return { kind: "misuse", complaint };
}
