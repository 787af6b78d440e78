import type { DecoratorSite, FileFacts } from "../facts/model.ts";
import { decoratorsBelow } from "./decorators.ts";
import { decoratorSites } from "./name-fields.ts";
import { defineRule, finding } from "./rule.ts";

export const lockAroundGenerator = defineRule({
  id: "lock-around-generator",
  severity: "error",
  summary: "A lock around a generator or coroutine is released before the body runs.",
  // SEMANTICS §4, callable kinds.
  why:
    "A call of a generator function, of an `async def` or of a context manager only makes an object; the body runs " +
    "later, when that object is used. The decorator has then long released the lock, so that it protects nothing. " +
    "Take the lock inside the function, or around the place that uses it.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def chunks(volume):
    yield volume.read()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def chunks(volume):
    return [volume.read()]
`,
  check: ({ file }) =>
    decoratorSites(file).flatMap((site) => {
      const what = whatIsMade(file, site);
      return what === undefined
        ? []
        : [finding(site.range, `The lock is released before \`${site.target?.name}\` runs: it is ${what}`)];
    }),
});

/** Another decorator below may run the generator to its end, so that only what is known to pass it on counts. */
function whatIsMade(file: FileFacts, site: DecoratorSite): string | undefined {
  const { target } = site;
  if (target === undefined || target.kind === "plain") {
    return undefined;
  }
  const below = decoratorsBelow(file, site).filter(
    ({ decorator }) =>
      !decoratorSites(file).some((lock) => lock.decoratorRange.start === decorator.range.start),
  );
  const isContextManager = below.some(({ qualifiedName }) =>
    /^contextlib\.(?:async)?contextmanager$/.test(qualifiedName),
  );
  if (isContextManager) {
    return below.length === 1 ? "a context manager" : undefined;
  }
  if (0 < below.length) {
    return undefined;
  }
  return target.kind === "generator" ? "a generator" : "a coroutine";
}
