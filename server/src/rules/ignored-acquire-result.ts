import type { FilePath, LockOption, LockSite } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { removeOption } from "./argument-edits.ts";
import type { Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";
import { takesSeveralNames } from "./signatures.ts";

export const ignoredAcquireResult = defineRule({
  id: "ignored-acquire-result",
  severity: "error",
  summary:
    "A `blocking` that does not do what it says: the body runs without the lock, or the wait never ends.",
  // SEMANTICS §0.1, §4, §5.
  why:
    "Since Cinder 23.0.0 `coordination.synchronized` drops the result of acquiring: where `blocking` is not `True` and " +
    "the lock is busy, the body runs without it, at once or after so many seconds. For lockutils a number is no " +
    "time-out: any but zero waits for ever.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}', blocking=False)
def refresh(volume):
    volume.refresh()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def refresh(volume):
    volume.refresh()
`,
  check: ({ file, index }) =>
    file.sites.flatMap((site) =>
      site.options
        .filter(({ parameter }) => parameter === "blocking")
        .flatMap((option) => {
          const message = consequence(index, file.path, site, option);
          return message === undefined ? [] : [finding(option.range, message, [waitForEver(site, option)])];
        }),
    ),
});

function consequence(
  index: ProjectIndex,
  path: FilePath,
  site: LockSite,
  { source, value }: LockOption,
): string | undefined {
  if (site.use.api.mechanism === "lockutils") {
    return value.kind === "number" && Number(source) !== 0
      ? `\`blocking=${source}\` is no time-out: it waits for ever`
      : undefined;
  }
  if (site.use.api.id !== "coordination.synchronized" || !takesSeveralNames(index, path, site)) {
    return undefined;
  }
  if (value.kind === "boolean" && !value.value) {
    return "`blocking=False`: if the lock is busy, the body runs without it";
  }
  return value.kind === "number"
    ? `\`blocking=${source}\`: if the lock stays busy, the body may run without it`
    : undefined;
}

function waitForEver(site: LockSite, option: LockOption): Fix {
  return {
    title: "Remove `blocking` (every call then waits until the lock is free)",
    isPreferred: false,
    edits: [removeOption(site, option)],
  };
}
