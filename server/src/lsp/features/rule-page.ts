import { rulePageRequest } from "../../protocol/extensions.ts";
import { rulePage as pageOf } from "../../queries/rule-page.ts";
import { ruleNamed } from "../../rules/registry.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

/** The page of a rule, to which its findings link. */
export const rulePage: Feature = {
  capabilities: {},
  register: ({ connection }) => {
    connection.onRequest(
      rulePageRequest,
      guarded(connection.console, "rule page", null, (id: string) => {
        const rule = ruleNamed(id);
        return rule === undefined ? null : `# ${rule.id}\n\n${pageOf(rule)}\n`;
      }),
    );
  },
};
