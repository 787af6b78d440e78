/**
 * What client and server say to each other beyond the language server protocol: names and shapes only.
 * The one file of the server that the client knows.
 */

/** Server to client, without an answer: how far the index is. Sent whenever one of its parts changes. */
export const statusNotification = "cinderLocks/status";

/** Client to server: the id of a rule; answered with its page as Markdown, with `null` where there is no such rule. */
export const rulePageRequest = "cinderLocks/rulePage";

/**
 * The name of an option at the beginning: where a rule's page is, as a URI with `{rule}` in the place of the rule's id.
 * Findings link to it; without the option they link to nothing.
 */
export const RULE_PAGES_OPTION = "rulePages";

/**
 * How V8 is to run the server. While somebody types, it would learn that what is made lives for a while, and then put it
 * where only the great collections of garbage come: all pauses get twice as long. And where nobody types for some seconds
 * it collects all garbage and expects a third more at most, so that the next great collection comes with the first keys.
 */
export const SERVER_FLAGS: readonly string[] = [
  "--no-allocation-site-pretenuring",
  "--heap-growing-percent=150",
];

/** The payload of {@link statusNotification}. */
export interface ServerStatus {
  /** `failed`: the index could not be built; the log says why. */
  readonly state: "indexing" | "ready" | "failed";
  /** Python files known to the index. */
  readonly files: number;
  /** Lock sites found in them. */
  readonly sites: number;
  /** The engine that parses, in words, such as `native` or `wasm`. */
  readonly parser: string;
}
