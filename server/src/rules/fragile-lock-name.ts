import { fieldsOf } from "../facts/lock-name.ts";
import type { DecoratedFunction, FileFacts, NameField, Parameter } from "../facts/model.ts";
import { declaresDriver } from "./drivers.ts";
import { decoratorSites, functionSeenBy } from "./name-fields.ts";
import { defineRule } from "./rule.ts";

export const fragileLockName = defineRule({
  id: "fragile-lock-name",
  severity: "warning",
  summary: "A lock's name looks into a parameter that may be None.",
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
              const nullable = parameterThatMayBeNone(file, locked, field);
              return nullable === undefined
                ? []
                : [
                    {
                      range: field.range,
                      message: `\`${nullable.parameter.name}\` may be None, ${nullable.reason}: this name then fails`,
                      related: [
                        {
                          path: file.path,
                          range: nullable.parameter.range,
                          message: "its value may be None",
                        },
                      ],
                      fixes: [],
                    },
                  ];
            });
      }),
});

interface NullableParameter {
  readonly parameter: Parameter;
  readonly reason: string;
}

/** A plain `{connector}` is just `None` then; only what looks into the parameter fails. */
function parameterThatMayBeNone(
  file: FileFacts,
  locked: DecoratedFunction,
  field: NameField,
): NullableParameter | undefined {
  const looksInside = field.origin === "template" && /^\w+[.[]/.test(field.source);
  const parameter = locked.parameters.find(({ name }) => name === field.root.text);
  const reason = !looksInside || parameter === undefined ? undefined : reasonForNone(file, locked, parameter);
  return parameter === undefined || reason === undefined ? undefined : { parameter, reason };
}

function reasonForNone(file: FileFacts, locked: DecoratedFunction, parameter: Parameter): string | undefined {
  if (parameter.noneBy === "test") {
    return "as the body tests";
  }
  if (parameter.noneBy === "default" && !isAlwaysPassed(locked, parameter)) {
    return "its default";
  }
  return isConnectorOfDetach(file, locked, parameter) ? "as a forced detach passes it" : undefined;
}

/** All calls of a nested function are known, and a default that is never used does no harm. */
function isAlwaysPassed(locked: DecoratedFunction, { name }: Parameter): boolean {
  return (
    0 < locked.calls.length &&
    locked.calls.every(({ passes }) => passes.some(({ parameter }) => parameter === name))
  );
}

/** Cinder's manager calls a driver's `terminate_connection(volume, None)` where nobody knows who is attached. */
function isConnectorOfDetach(file: FileFacts, locked: DecoratedFunction, parameter: Parameter): boolean {
  return (
    locked.name === "terminate_connection" &&
    locked.isMethod &&
    locked.parameters[2] === parameter &&
    parameter.name === "connector" &&
    declaresDriver(file)
  );
}
