import { fieldsOf } from "../facts/lock-name.ts";
import type { DecoratedFunction, DecoratorSite, FileFacts, LockSite, NameField } from "../facts/model.ts";

/** The fields that a lock API replaces itself when the function is called, with the sites they stand at. */
export function expandedFields(
  file: FileFacts,
): readonly { readonly site: LockSite; readonly field: NameField }[] {
  return file.sites
    .filter((site) => site.use.api.expandsFields)
    .flatMap((site) =>
      site.names
        .flatMap(fieldsOf)
        .filter((field) => field.origin === "template")
        .map((field) => ({ site, field })),
    );
}

/** Whether a field is looked up by position: `{}` and `{0}`. */
export function isPositional(field: NameField): boolean {
  return /^\d*$/.test(field.root.text);
}

/**
 * The function whose parameters the fields are looked up among, if that is certain: another decorator below the lock
 * may hide them (SEMANTICS §4, stacking).
 */
export function functionSeenBy(site: LockSite): DecoratedFunction | undefined {
  return site.form === "decorator" && site.target?.below !== "other decorators" ? site.target : undefined;
}

export function decoratorSites(file: FileFacts): readonly DecoratorSite[] {
  return file.sites.filter((site) => site.form === "decorator");
}
