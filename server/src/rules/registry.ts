import { emptyLockNameList } from "./empty-lock-name-list.ts";
import { ignoredAcquireResult } from "./ignored-acquire-result.ts";
import { lockAroundGenerator } from "./lock-around-generator.ts";
import { misplacedLockOption } from "./misplaced-lock-option.ts";
import { mixedScope } from "./mixed-scope.ts";
import { positionalNameField } from "./positional-name-field.ts";
import { quotedNameKey } from "./quoted-name-key.ts";
import { stackedLockDecorators } from "./stacked-lock-decorators.ts";
import { uncalledLockDecorator } from "./uncalled-lock-decorator.ts";
import { unexpandedTemplate } from "./unexpanded-template.ts";
import { unknownNameField } from "./unknown-name-field.ts";
import { unusedSuppression } from "./unused-suppression.ts";

/** Every rule, in the order in which they are listed: by what they are about. A new rule is one line here. */
export const RULES = [
  unexpandedTemplate,
  unknownNameField,
  quotedNameKey,
  positionalNameField,
  misplacedLockOption,
  emptyLockNameList,
  ignoredAcquireResult,
  uncalledLockDecorator,
  lockAroundGenerator,
  stackedLockDecorators,
  mixedScope,
  unusedSuppression,
] as const;

export type RuleId = (typeof RULES)[number]["id"];
