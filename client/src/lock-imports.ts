/**
 * Does a Python text bring in one of the lock APIs? Only the import statements are looked at: without one of
 * them no lock can be taken. Knows nothing of editors, and is asked for every change while the extension sleeps.
 */

/** `from cinder import coordination`, also as `import (a, utils as b)` or continued by a backslash. */
const FROM_PACKAGE =
  /^[ \t]*from[ \t]+(?:cinder|manila)[ \t]+import\b(?:[ \t]*\([^()]*|(?:[^\n\\(]|\\\r?\n){0,1000})\b(?:coordination|utils)\b/m;

/** `import cinder.coordination`, `from manila.utils import synchronized`. */
const FROM_MODULE = /^[ \t]*(?:from|import)[ \t]+(?:cinder|manila)\.(?:coordination|utils)\b/m;

/** `from oslo_concurrency import lockutils`, `from cinder.openstack.common.lockutils import synchronized`. */
const LOCKUTILS =
  /^[ \t]*(?:from|import)[ \t]+(?:[\w.]*\blockutils\b|[\w.]+[ \t]+import\b(?:[ \t]*\([^()]*|(?:[^\n\\(]|\\\r?\n){0,1000})\blockutils\b)/m;

/** True when the text imports a module that locks are taken from. */
export function importsLocks(text: string): boolean {
  return FROM_PACKAGE.test(text) || FROM_MODULE.test(text) || LOCKUTILS.test(text);
}
