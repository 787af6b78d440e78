/** Names with dots: `cinder.volume.manager`, `self._lock`, and of a function the classes and functions around it. */

/** `delete` of `self.client.delete`. */
export function lastWord(dottedName: string): string {
  return dottedName.slice(dottedName.lastIndexOf(".") + 1);
}

/** Whether a function is another one, or is defined in it, by their names. */
export function isSameOrInside(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}
