import { acquireInsideTry } from "./acquire-inside-try.ts";
import { catalogDrift } from "./catalog-drift.ts";
import { catalogDuplicate } from "./catalog-duplicate.ts";
import { catalogMissingFile } from "./catalog-missing-file.ts";
import { catalogMissingFunction } from "./catalog-missing-function.ts";
import { catalogName } from "./catalog-name.ts";
import { catalogScope } from "./catalog-scope.ts";
import { checkOutsideLock } from "./check-outside-lock.ts";
import { coordinatorNotStarted } from "./coordinator-not-started.ts";
import { doubleFormattedName } from "./double-formatted-name.ts";
import { emptyCriticalSection } from "./empty-critical-section.ts";
import { emptyLockNameList } from "./empty-lock-name-list.ts";
import { eventletPrimitive } from "./eventlet-primitive.ts";
import { fragileLockName } from "./fragile-lock-name.ts";
import { freshLockObject } from "./fresh-lock-object.ts";
import { genericLockName } from "./generic-lock-name.ts";
import { ignoredAcquireResult } from "./ignored-acquire-result.ts";
import { inconsistentLockName } from "./inconsistent-lock-name.ts";
import { localLockInActiveActiveDriver } from "./local-lock-in-active-active-driver.ts";
import { lockAroundGenerator } from "./lock-around-generator.ts";
import { lockDecoratorOrder } from "./lock-decorator-order.ts";
import { lockOrderCycle } from "./lock-order-cycle.ts";
import { lostFileLock } from "./lost-file-lock.ts";
import { mismatchedLockRemoval } from "./mismatched-lock-removal.ts";
import { misplacedLockOption } from "./misplaced-lock-option.ts";
import { missingLockRemoval } from "./missing-lock-removal.ts";
import { mixedScope } from "./mixed-scope.ts";
import { nameNeverCollides } from "./name-never-collides.ts";
import { nearDuplicateLockName } from "./near-duplicate-lock-name.ts";
import { nestedSameLock } from "./nested-same-lock.ts";
import { nonAsciiLockName } from "./non-ascii-lock-name.ts";
import { overrideDropsLock } from "./override-drops-lock.ts";
import { positionalNameField } from "./positional-name-field.ts";
import { processLockInDriver } from "./process-lock-in-driver.ts";
import { quotedNameKey } from "./quoted-name-key.ts";
import { releaseWithoutAcquire } from "./release-without-acquire.ts";
import { retryUnderLock } from "./retry-under-lock.ts";
import type { Rule } from "./rule.ts";
import { sleepUnderLock } from "./sleep-under-lock.ts";
import { stackedLockDecorators } from "./stacked-lock-decorators.ts";
import { uncalledLockDecorator } from "./uncalled-lock-decorator.ts";
import { uncalledLockedFunction } from "./uncalled-locked-function.ts";
import { undocumentedLock } from "./undocumented-lock.ts";
import { unexpandedTemplate } from "./unexpanded-template.ts";
import { unknownNameField } from "./unknown-name-field.ts";
import { unlockedCaller } from "./unlocked-caller.ts";
import { unportableLockName } from "./unportable-lock-name.ts";
import { unprefixedLockName } from "./unprefixed-lock-name.ts";
import { unreleasedLock } from "./unreleased-lock.ts";
import { unusedSuppression } from "./unused-suppression.ts";
import { wrongResourceKey } from "./wrong-resource-key.ts";

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
  mismatchedLockRemoval,
  missingLockRemoval,
  lostFileLock,
  uncalledLockedFunction,
  nestedSameLock,
  lockOrderCycle,
  stackedLockDecorators,
  unreleasedLock,
  releaseWithoutAcquire,
  acquireInsideTry,
  freshLockObject,
  emptyCriticalSection,
  overrideDropsLock,
  unlockedCaller,
  eventletPrimitive,
  mixedScope,
  wrongResourceKey,
  inconsistentLockName,
  nameNeverCollides,
  doubleFormattedName,
  unportableLockName,
  coordinatorNotStarted,
  localLockInActiveActiveDriver,
  processLockInDriver,
  retryUnderLock,
  sleepUnderLock,
  checkOutsideLock,
  genericLockName,
  nearDuplicateLockName,
  unusedSuppression,
  catalogDrift,
  undocumentedLock,
  catalogMissingFile,
  catalogMissingFunction,
  catalogName,
  catalogScope,
  catalogDuplicate,
] as const;

export function ruleNamed(id: string): Rule<RuleId> | undefined {
  return RULES.find((rule) => rule.id === id);
}

export type RuleId = (typeof RULES)[number]["id"];
