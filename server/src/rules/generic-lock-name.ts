import { knownParts, templateText } from "../project/identity.ts";
import { defineRule, finding } from "./rule.ts";

export const genericLockName = defineRule({
  id: "generic-lock-name",
  severity: "hint",
  summary: "A lock's name that does not say whose it is.",
  // SEMANTICS §0.3, §2.
  why:
    "Names are shared by the whole service, and within a process by its libraries, too: two authors who both call their " +
    "lock `create_volume` wait for each other without a reason. A name that begins with its driver's name is alone.",
  bad: `from cinder import utils


@utils.synchronized('delete_volume', external=True)
def delete(volume):
    volume.delete()
`,
  good: `from cinder import utils


@utils.synchronized('acme-delete_volume', external=True)
def delete(volume):
    volume.delete()
`,
  check: ({ file }) =>
    file.sites.flatMap((site) =>
      site.names.flatMap((name) => {
        const parts = knownParts(site, name);
        const text = parts?.every(({ kind }) => kind === "text") ? templateText(parts) : undefined;
        return text === undefined || !isGeneric(text)
          ? []
          : [
              finding(
                name.range,
                `\`${text}\` does not say whose lock it is: anybody may choose the same name`,
              ),
            ];
      }),
    ),
});

/** What every driver does and has. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    "access add all api attach backup call cg check clean cleanup clone command config connect connection copy create " +
    "delete detach disconnect do driver ensure execute export extend file get group host image init initialize " +
    "initialization list lock locked login lun lock map mapping migrate mount mutex name path pool process refresh " +
    "remove rename request retype run send session set setup share snapshot start state stats stop storage sync target " +
    "task terminate unexport unmap unmount update volume volumes wait"
  ).split(" "),
);

function isGeneric(text: string): boolean {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return 0 < words.length && words.every((word) => COMMON_WORDS.has(word));
}
