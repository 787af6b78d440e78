/**
 * Says that something happened which the code holds to be impossible: ours to mend, never the user's fault.
 * @throws always; the edge catches it, logs it and answers that it has no answer.
 */
export function never(what: string): never {
  throw new Error(`This cannot happen, please report it: ${what}`);
}
