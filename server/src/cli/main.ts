#!/usr/bin/env node
import { existsSync } from "node:fs";
import { RULES, ruleNamed } from "../rules/registry.ts";
import { reasonOf } from "../workspace/discover.ts";
import type { CliOptions, Command } from "./arguments.ts";
import { readArguments } from "./arguments.ts";
import { catalogAsJson, catalogAsRst, catalogAsText, hasDrifted } from "./commands/catalog.ts";
import { checkAsJson, checkAsText, findingsOf, isAnyAtLeast } from "./commands/check.ts";
import { explainAsJson, explainAsText, unknownRule } from "./commands/explain.ts";
import { graphAsDot, graphAsJson, graphAsMermaid, graphAsText } from "./commands/graph.ts";
import { listAsJson, listAsText } from "./commands/list.ts";
import { activeActiveReport, activeActiveReportOf, driversAskedFor } from "./commands/report.ts";
import { expectTyping } from "./expected-run.ts";
import type { LoadedProject } from "./load-project.ts";
import { loadProject } from "./load-project.ts";
import { checkAsGitHub } from "./reporters/github.ts";
import { checkAsSarif } from "./reporters/sarif.ts";
import type { Terminal } from "./terminal.ts";
import { COLORED, PLAIN } from "./terminal.ts";

/** The command line's entry: exit code 0 nothing found, 1 findings, 2 bad usage or unreadable input. */

const EXIT = { fine: 0, findings: 1, unusable: 2 } as const;
type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const USAGE = `Usage: cinder-locks <command> [PATH] [options]

Commands
  list [PATH]      every lock site, grouped by scope and name
  check [PATH]     what is wrong with them
  catalog [PATH]   each documented lock, and whether the code agrees
  graph [PATH]     which lock is taken while which is held
  report active-active [PATH] [DRIVER]
                   which locks of the drivers do not keep out another node, as Markdown;
                   DRIVER is the name of a class or module: RBDDriver, nfs
  explain RULE     why a rule exists, with examples
  lsp --stdio      the language server, for any editor

PATH is a file or a folder; the current folder if none is given.

Options
  --format FORMAT      text for people (default), json for scripts; for check also
                       sarif for code hosts, github for GitHub Actions; for catalog
                       also rst: the document as the code has it; for graph
                       also dot and mermaid
  --all                for list: the guards on a status, conditional_update, too
  --document FILE      for catalog --format rst: another document than that of the
                       drivers, by the end of its path
  --check              for catalog: exit code 1 if a document says what is not so
  --deployment NAME    for check: how Cinder is run: active-passive (default),
                       several-backends or active-active
  --rule RULE=LEVEL    for check: how loud a rule is: error, warning, information,
                       hint or off; once for each rule
  --fail-on LEVEL      for check: error (default), warning, information, hint or never
  --tests              report the project's own tests, too
  -h, --help           this text
  --version            the version

Exit code: 0 nothing found at or above --fail-on, 1 findings, 2 bad usage or unreadable input.
Rules: ${RULES.map((rule) => rule.id).join(", ")}
`;

declare const CINDER_LOCKS_VERSION: string;

const terminal: Terminal = {
  answer: (text) => process.stdout.write(text),
  complain: (line) => process.stderr.write(`cinder-locks: ${oneLine(line)}\n`),
  note: (line) => process.stderr.write(`cinder-locks: note: ${oneLine(line)}\n`),
  paint: process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" ? COLORED : PLAIN,
};

/** Names of files may hold anything, also what a terminal would obey. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, "?");
}

async function main(): Promise<ExitCode | undefined> {
  const invocation = readArguments(process.argv.slice(2));
  switch (invocation.kind) {
    case "help":
      terminal.answer(USAGE);
      return EXIT.fine;
    case "version":
      terminal.answer(`${CINDER_LOCKS_VERSION}\n`);
      return EXIT.fine;
    case "misuse":
      terminal.complain(`${invocation.complaint} (cinder-locks --help tells more)`);
      return EXIT.unusable;
    case "run":
      return run(invocation.command, invocation.options);
  }
}

/** `undefined` where the process lives on: the server ends it itself. */
async function run(command: Command, options: CliOptions): Promise<ExitCode | undefined> {
  switch (command) {
    case "lsp":
      expectTyping();
      process.argv.push("--stdio");
      require("./server.js");
      return undefined;
    case "explain":
      return explain(options);
    case "list":
    case "check":
    case "catalog":
    case "graph":
      return inProject(command, options);
    case "report":
      return report(options);
  }
}

async function report(options: CliOptions): Promise<ExitCode> {
  const { target = ".", driver } = options;
  // What lies nowhere, and may be a name, is one.
  const isName = driver === undefined && !existsSync(target) && /^[\w.]+$/.test(target);
  const [path, name] = isName ? [".", target] : [target, driver];
  const project = await loadProject(path, options, terminal, { extent: "checkout", asked: "all" });
  if (project === undefined) {
    return EXIT.unusable;
  }
  const drivers = driversAskedFor(project, name);
  if (name !== undefined && drivers.length === 0) {
    terminal.complain(`there is neither a file nor a driver '${name}'`);
    return EXIT.unusable;
  }
  terminal.answer((name === undefined ? activeActiveReport : activeActiveReportOf)(project, drivers));
  return project.isIncomplete ? EXIT.unusable : EXIT.fine;
}

function explain({ target, format }: CliOptions): ExitCode {
  const rule = target === undefined ? undefined : ruleNamed(target);
  if (rule === undefined) {
    terminal.complain(target === undefined ? "explain needs the name of a rule" : unknownRule(target));
    return EXIT.unusable;
  }
  terminal.answer(format === "json" ? explainAsJson(rule) : explainAsText(rule, terminal.paint));
  return EXIT.fine;
}

async function inProject(
  command: "list" | "check" | "catalog" | "graph",
  options: CliOptions,
): Promise<ExitCode> {
  const project = await loadProject(options.target ?? ".", options, terminal, {
    extent: "target",
    asked: command === "list" && !options.withGuards ? "locks" : "all",
  });
  if (project === undefined) {
    return EXIT.unusable;
  }
  const isJson = options.format === "json";
  let hasFindings = false;
  if (command === "check") {
    const findings = findingsOf(project);
    hasFindings = isAnyAtLeast(findings, options.failOn);
    terminal.answer(checkReport(project, findings, options.format));
  } else if (command === "list") {
    terminal.answer(
      isJson
        ? listAsJson(project, options.withGuards)
        : listAsText(project, options.withGuards, terminal.paint),
    );
  } else if (command === "graph") {
    terminal.answer(graphReport(project, options.format));
  } else {
    const answer = catalogAnswer(project, options);
    if (answer === undefined) {
      terminal.complain(`there is no document of locks '${options.document}'`);
      return EXIT.unusable;
    }
    hasFindings = options.failsOnDrift && hasDrifted(project);
    terminal.answer(answer);
  }
  if (project.isIncomplete) {
    return EXIT.unusable;
  }
  return hasFindings ? EXIT.findings : EXIT.fine;
}

function checkReport(
  project: LoadedProject,
  findings: ReturnType<typeof findingsOf>,
  format: CliOptions["format"],
): string {
  switch (format) {
    case "json":
      return checkAsJson(project, findings);
    case "sarif":
      return checkAsSarif(project, findings, CINDER_LOCKS_VERSION);
    case "github":
      return checkAsGitHub(project, findings);
    default:
      return checkAsText(project, findings, terminal.paint);
  }
}

function graphReport(project: LoadedProject, format: CliOptions["format"]): string {
  switch (format) {
    case "json":
      return graphAsJson(project);
    case "dot":
      return graphAsDot(project);
    case "mermaid":
      return graphAsMermaid(project);
    default:
      return graphAsText(project, terminal.paint);
  }
}

function catalogAnswer(project: LoadedProject, { format, document }: CliOptions): string | undefined {
  switch (format) {
    case "json":
      return catalogAsJson(project);
    case "rst":
      return catalogAsRst(project, document);
    default:
      return catalogAsText(project, terminal.paint);
  }
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Who reads no further, as `| head`, has what he wanted.
  if (error.code !== "EPIPE") {
    terminal.complain(`standard output: ${reasonOf(error)}`);
    process.exitCode = EXIT.unusable;
  }
});
process.stderr.on("error", () => {
  // There is no other place left to complain.
});

main().then(
  (code) => {
    // What could not be written has said so already.
    process.exitCode ??= code;
  },
  (error: unknown) => {
    terminal.complain(error instanceof Error ? error.message : String(error));
    process.exitCode = EXIT.unusable;
  },
);
