/** Cinder's tests lie in `cinder/tests`: they take locks and make drivers only to test them. */
export function isTestModule(module: string): boolean {
  return /^\w+\.tests(?:\.|$)/.test(module);
}
