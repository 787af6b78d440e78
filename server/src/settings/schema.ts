import type { Deployment } from "../project/deployment.ts";
import { DEFAULT_DEPLOYMENT, DEPLOYMENTS } from "../project/deployment.ts";
import { RULES } from "../rules/registry.ts";
import { defaultLevel, type RuleLevel } from "../rules/rule.ts";

/** Every setting once: the manifest and the README's table are generated from here (test/tidy/generated.test.ts). */

/** The section of all settings. */
export const SECTION = "cinderLocks";

export const RULE_LEVELS: readonly RuleLevel[] = ["error", "warning", "information", "hint", "off"];

/** A setting as the manifest declares it: JSON Schema with words. */
export interface SettingDeclaration {
  readonly type: "array" | "boolean" | "object" | "string";
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: boolean;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly items?: Readonly<Record<string, unknown>>;
}

const DEPLOYMENT_WORDS: Readonly<Record<Deployment, string>> = {
  "active-passive": "One node works on a backend; another one takes over when it fails.",
  "several-backends": "The same, with a process for each of several backends on the node.",
  "active-active": "Volume services on several nodes work on one backend at the same time.",
};

export const SETTINGS: Readonly<
  Record<"rules" | "includeTests" | "inlayHints" | "deployment" | "documents", SettingDeclaration>
> = {
  rules: {
    type: "object",
    default: {},
    markdownDescription: "How loud single rules are; `off` silences one. The others keep their own level.",
    properties: Object.fromEntries(
      RULES.map((rule) => [
        rule.id,
        { enum: RULE_LEVELS, default: defaultLevel(rule), description: rule.summary },
      ]),
    ),
    additionalProperties: false,
  },
  includeTests: {
    type: "boolean",
    default: false,
    markdownDescription: "Report findings in the project's own tests, such as `cinder/tests`, too.",
  },
  inlayHints: {
    type: "boolean",
    default: true,
    markdownDescription: "Mark calls that take a lock while another one is held.",
  },
  deployment: {
    type: "string",
    default: DEFAULT_DEPLOYMENT,
    markdownDescription:
      "How Cinder is run, which decides whom a lock keeps out: hover and findings speak for this deployment.",
    enum: DEPLOYMENTS,
    enumDescriptions: DEPLOYMENTS.map((deployment) => DEPLOYMENT_WORDS[deployment]),
  },
  documents: {
    type: "array",
    default: [],
    markdownDescription:
      "Further RST documents that list locks in the form of `drivers_locking_examples.rst`, by their paths in the checkout. " +
      "That one and `high_availability.rst` are always read.",
    items: { type: "string", pattern: "\\.rst$" },
  },
};
