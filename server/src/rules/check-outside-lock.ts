import { isSameOrInside, lastWord } from "../base/dotted-name.ts";
import { contains } from "../base/text-range.ts";
import type { BodyCall } from "../facts/model.ts";
import { surelyCalled } from "../project/held/calls.ts";
import { type FunctionInProject, functionsOf, placeOfCall } from "../project/held/functions.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { isConditional } from "../project/sites.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const checkOutsideLock = defineRule({
  id: "check-outside-lock",
  severity: "information",
  isOptIn: true,
  summary: "What is tested before the lock is taken, and acted upon under it.",
  why:
    "Between the test and the lock another may have changed what was tested: two find that a group is not there, and both " +
    "create it, one after the other. Test again under the lock, as a second test costs little. Told only where a function reads " +
    "and changes the same thing by name, or tests and changes the same attribute; a test without harm is common, so this is " +
    "asked for only on demand.",
  bad: `from cinder import coordination


class AcmeDriver:
    def ensure_group(self, name):
        group = self.client.get_group(name)
        if group is None:
            self._create_group(name)

    @coordination.synchronized('acme-group-{name}')
    def _create_group(self, name):
        self.client.create_group(name)
`,
  good: `from cinder import coordination


class AcmeDriver:
    def ensure_group(self, name):
        group = self.client.get_group(name)
        if group is None:
            self._create_group(name)

    @coordination.synchronized('acme-group-{name}')
    def _create_group(self, name):
        if self.client.get_group(name) is None:
            self.client.create_group(name)
`,
  check: ({ file, index }) =>
    functionsOf(index, file).flatMap((each) => [...attributesTested(each), ...readsBefore(index, each)]),
});

/** `if self._client is None:` in front of `with lock:`, where `self._client` is set. */
function attributesTested({ file, body, takes }: FunctionInProject): readonly Finding[] {
  return file.entryTests
    .filter(({ range }) => contains(body.range, range))
    .flatMap(({ state, range, block }) => {
      const lock = takes.find(({ site }) => site.form === "with" && site.bodyRange.start === block.start);
      return lock === undefined
        ? []
        : {
            range,
            message: `\`${state}\` is tested before the lock is taken, and not again under it`,
            related: [{ path: file.path, range: lock.site.range, message: "changed under this lock" }],
            fixes: [],
          };
    });
}

/** `get_group()` without a lock, and then, in a branch, `create_group()` under one. */
function readsBefore(index: ProjectIndex, each: FunctionInProject): readonly Finding[] {
  const reads = each.body.calls.filter((call) => isRead(call) && !isUnderLock(each, call));
  return reads.flatMap((read) => {
    const change = each.body.calls.find(
      (call) => isChangeOf(read, call) && isUnderAnyLock(index, each, call, read),
    );
    return change === undefined
      ? []
      : {
          range: placeOfCall(each, read),
          message: `\`${lastWord(change.callee)}\` runs under a lock, but what \`${lastWord(read.callee)}\` tells is not read again there`,
          related: [{ path: each.file.path, range: placeOfCall(each, change), message: "acted upon here" }],
          fixes: [],
        };
  });
}

function isUnderLock(each: FunctionInProject, call: BodyCall): boolean {
  return each.takes.some(({ held }) => contains(held, placeOfCall(each, call)));
}

/** Whether a change in a branch runs under a lock, the function's own or one that what it calls takes, and the read does not. */
function isUnderAnyLock(
  index: ProjectIndex,
  each: FunctionInProject,
  change: BodyCall,
  read: BodyCall,
): boolean {
  const own = each.takes.find(({ held }) => contains(held, placeOfCall(each, change)));
  if (own !== undefined) {
    return !each.body.calls.some(
      (call) => contains(own.held, placeOfCall(each, call)) && rereads(call, read),
    );
  }
  const called = surelyCalled(index, each, change);
  if (called === undefined) {
    return false;
  }
  const inside = functionsOf(index, called.file).filter(({ body }) =>
    isSameOrInside(body.name, called.body.name),
  );
  return (
    inside.some(({ takes }) => takes.some(({ site }) => site.form === "decorator" && !isConditional(site))) &&
    !inside.some(({ body }) => body.calls.some((call) => rereads(call, read)))
  );
}

function rereads(call: BodyCall, read: BodyCall): boolean {
  return isRead(call) && thingOf(call) === thingOf(read);
}

function isRead(call: BodyCall): boolean {
  return READ.test(lastWord(call.callee)) && thingOf(call) !== "";
}

/** Whether a later call in a branch changes the thing that was read, which both are told by the same argument. */
function isChangeOf(read: BodyCall, call: BodyCall): boolean {
  return (
    call.isInBranch &&
    read.rangeInFunction.end < call.rangeInFunction.start &&
    CHANGE.test(lastWord(call.callee)) &&
    thingOf(call) === thingOf(read) &&
    call.passed.some(
      (argument) =>
        valuePassed(argument) !== "" && read.passed.map(valuePassed).includes(valuePassed(argument)),
    )
  );
}

const READ = /^_*(?:(?:get|find|lookup|has|is|check)_|\w+_exists?$)/;
const CHANGE = /^_*(?:do_)?(?:create|add|delete|remove|destroy|unmap|map)_/;

/** What a function is about: `group` of `get_group`, `_create_group` and `group_exists`. */
function thingOf({ callee }: BodyCall): string {
  return lastWord(callee)
    .replace(/^_*(?:do_)?(?:get|find|lookup|has|is|check|create|add|delete|remove|destroy|unmap|map)_/, "")
    .replace(/^_+/, "")
    .replace(/_?exists?$/, "");
}

function valuePassed(argument: string): string {
  return argument.replace(/^\w+=/, "");
}
