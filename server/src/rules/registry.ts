import { emptyLockNameList } from "./empty-lock-name-list.ts";
import { fragileLockName } from "./fragile-lock-name.ts";
import { ignoredAcquireResult } from "./ignored-acquire-result.ts";
import { lockAroundGenerator } from "./lock-around-generator.ts";
import { lockDecoratorOrder } from "./lock-decorator-order.ts";
import { misplacedLockOption } from "./misplaced-lock-option.ts";
import { mixedScope } from "./mixed-scope.ts";
import { nonAsciiLockName } from "./non-ascii-lock-name.ts";
import { positionalNameField } from "./positional-name-field.ts";
import { quotedNameKey } from "./quoted-name-key.ts";
import { stackedLockDecorators } from "./stacked-lock-decorators.ts";
import { uncalledLockDecorator } from "./uncalled-lock-decorator.ts";
import { uncalledLockedFunction } from "./uncalled-locked-function.ts";
import { unexpandedTemplate } from "./unexpanded-template.ts";
import { unknownNameField } from "./unknown-name-field.ts";
import { unprefixedLockName } from "./unprefixed-lock-name.ts";
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
  lockDecoratorOrder,
  nonAsciiLockName,
  fragileLockName,
  unprefixedLockName,
  uncalledLockedFunction,
  stackedLockDecorators,
  mixedScope,
  unusedSuppression,
] as const;

export type RuleId = (typeof RULES)[number]["id"];
