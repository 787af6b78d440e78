import type { Deployment } from "../project/deployment.ts";
import { DEFAULT_DEPLOYMENT, DEPLOYMENTS } from "../project/deployment.ts";
import { RULES, type RuleId } from "../rules/registry.ts";
import type { RuleLevel } from "../rules/rule.ts";
import type { RuleLevels } from "../rules/run.ts";
import { RULE_LEVELS } from "./schema.ts";

/** The settings in force: an immutable value, read once a change. */
export interface Settings {
  readonly levels: RuleLevels;
  readonly includeTests: boolean;
  readonly inlayHints: boolean;
  readonly deployment: Deployment;
  /** Documents that list locks beside the known ones, by their place in a checkout. */
  readonly documents: readonly string[];
}

/** Settings, with what was wrong in what the user wrote; a wrong value counts as not given. */
export interface SettingsReading {
  readonly settings: Settings;
  readonly complaints: readonly string[];
}

/** Reads what a client sends for our section, whatever it is. */
export function readSettings(section: unknown): SettingsReading {
  const complaints: string[] = [];
  const given = isRecord(section) ? section : {};
  const levels: Partial<Record<RuleId, RuleLevel>> = {};
  for (const [id, value] of Object.entries(isRecord(given["rules"]) ? given["rules"] : {})) {
    const rule = RULES.find((known) => known.id === id);
    const level = RULE_LEVELS.find((known) => known === value);
    if (rule === undefined) {
      complaints.push(`cinderLocks.rules: there is no rule '${id}'`);
    } else if (level === undefined) {
      complaints.push(`cinderLocks.rules: '${String(value)}' is no level for '${id}'`);
    } else {
      levels[rule.id] = level;
    }
  }
  const deployment = readDeployment(given["deployment"], complaints);
  const documents = readDocuments(given["documents"], complaints);
  return {
    settings: {
      levels,
      includeTests: given["includeTests"] === true,
      inlayHints: given["inlayHints"] !== false,
      deployment,
      documents,
    },
    complaints,
  };
}

function readDeployment(value: unknown, complaints: string[]): Deployment {
  const known = DEPLOYMENTS.find((deployment) => deployment === value);
  if (known === undefined && value !== undefined && value !== null) {
    complaints.push(`cinderLocks.deployment: '${String(value)}' is none of ${DEPLOYMENTS.join(", ")}`);
  }
  return known ?? DEFAULT_DEPLOYMENT;
}

function readDocuments(value: unknown, complaints: string[]): readonly string[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [];
  const wrong = given.filter((each) => typeof each !== "string" || !each.endsWith(".rst"));
  if (0 < wrong.length || (value !== undefined && value !== null && !Array.isArray(value))) {
    complaints.push(`cinderLocks.documents: '${String(wrong[0] ?? value)}' is no path of an RST document`);
  }
  return given.flatMap((each) => (typeof each === "string" && each.endsWith(".rst") ? each : []));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
