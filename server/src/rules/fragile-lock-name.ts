import { fieldsOf } from "../facts/lock-name.ts";
import type { DecoratedFunction, NameField, Parameter } from "../facts/model.ts";
import { decoratorSites, functionSeenBy } from "./name-fields.ts";
import { defineRule } from "./rule.ts";

export const fragileLockName = defineRule({
  id: "fragile-lock-name",
  severity: "warning",
  summary: "A lock's name looks into a parameter that the function itself expects to be None.",
  // SEMANTICS §4, the table of templates.
  why:
    "The name is made before the body runs. Where the parameter is None, as the connector of a forced detach is, " +
    "`{connector[host]}` raises TypeError and `{volume.id}` AttributeError, so that the body, and its own test for " +
    "None, is never reached. Test first, and lock in a function inside.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-{connector[host]}')
def terminate_connection(volume, connector):
    if connector is None:
        return volume.detach()
    return volume.detach(connector['host'])
`,
  good: `from cinder import coordination


def terminate_connection(volume, connector):
    @coordination.synchronized('acme-{host}')
    def detach(host):
        return volume.detach(host)

    return detach('all' if connector is None else connector['host'])
`,
  check: ({ file }) =>
    decoratorSites(file)
      .filter((site) => site.use.api.expandsFields)
      .flatMap((site) => {
        const locked = functionSeenBy(site);
        return locked === undefined
          ? []
          : site.names.flatMap(fieldsOf).flatMap((field) => {
              const parameter = parameterThatMayBeNone(locked, field);
              return parameter === undefined
                ? []
                : [
                    {
                      range: field.range,
                      message: `\`${parameter.name}\` may be None, ${reason(parameter)}: this name then fails`,
                      related: [
                        { path: file.path, range: parameter.range, message: "its value may be None" },
                      ],
                      fixes: [],
                    },
                  ];
            });
      }),
});

/** A plain `{connector}` is just `None` then; only what looks into the parameter fails. */
function parameterThatMayBeNone(locked: DecoratedFunction, field: NameField): Parameter | undefined {
  const looksInside = field.origin === "template" && /^\w+[.[]/.test(field.source);
  const parameter = locked.parameters.find(({ name }) => name === field.root.text);
  return looksInside && parameter?.noneBy !== undefined && !isAlwaysPassed(locked, parameter)
    ? parameter
    : undefined;
}

/** All calls of a nested function are known, and a default that is never used does no harm. */
function isAlwaysPassed(locked: DecoratedFunction, { name, noneBy }: Parameter): boolean {
  return (
    noneBy === "default" &&
    0 < locked.calls.length &&
    locked.calls.every(({ passes }) => passes.some(({ parameter }) => parameter === name))
  );
}

function reason({ noneBy }: Parameter): string {
  return noneBy === "default" ? "its default" : "as the body tests";
}
