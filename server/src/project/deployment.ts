/**
 * How Cinder is run, which decides who runs beside whom (SEMANTICS §7). `active-passive`: one node works on a backend, and
 * another takes over when it fails; `several-backends`: the same, with a process for each of the backends of the node;
 * `active-active`: volume services on several nodes work on one backend at the same time.
 */
export const DEPLOYMENTS = ["active-passive", "several-backends", "active-active"] as const;
export type Deployment = (typeof DEPLOYMENTS)[number];

export const DEFAULT_DEPLOYMENT: Deployment = "active-passive";
