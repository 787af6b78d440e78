import { catalogDuplicate } from "./catalog-duplicate.ts";
import { catalogMissingFile } from "./catalog-missing-file.ts";
import { catalogMissingFunction } from "./catalog-missing-function.ts";
import { catalogName } from "./catalog-name.ts";
import { catalogScope } from "./catalog-scope.ts";
import { misplacedLockOption } from "./misplaced-lock-option.ts";
import { mixedScope } from "./mixed-scope.ts";
import { positionalNameField } from "./positional-name-field.ts";
import { quotedNameKey } from "./quoted-name-key.ts";
import { stackedLockDecorators } from "./stacked-lock-decorators.ts";
import { uncalledLockDecorator } from "./uncalled-lock-decorator.ts";
import { unexpandedTemplate } from "./unexpanded-template.ts";
import { unknownNameField } from "./unknown-name-field.ts";

/** Every rule, in the order in which they are listed: by what they are about. A new rule is one line here. */
export const RULES = [
  unexpandedTemplate,
  unknownNameField,
  quotedNameKey,
  positionalNameField,
  misplacedLockOption,
  uncalledLockDecorator,
  stackedLockDecorators,
  mixedScope,
  catalogMissingFile,
  catalogMissingFunction,
  catalogName,
  catalogScope,
  catalogDuplicate,
] as const;

export type RuleId = (typeof RULES)[number]["id"];
