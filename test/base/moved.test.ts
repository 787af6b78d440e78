import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../server/src/base/moved.ts";

test("ranges are moved wherever they are, and nothing else", () => {
  const lock = { name: "a", range: { start: 1, end: 3 }, keys: [{ text: "k", range: { start: 2, end: 3 } }] };
  const table = new Map([["a", [lock]]]);
  assert.deepEqual(
    moved(table, 10),
    new Map([
      [
        "a",
        [{ name: "a", range: { start: 11, end: 13 }, keys: [{ text: "k", range: { start: 12, end: 13 } }] }],
      ],
    ]),
  );
});

test("what holds no range stays the same value", () => {
  const api = { id: "lock", words: new Set(["lock"]), steps: [1, 2] };
  const site = { api, range: { start: 0, end: 1 } };
  assert.equal(moved(api, 5), api);
  assert.equal(moved(site, 5).api, api);
  assert.equal(moved(site, 0), site);
});

test("what stands in front of an offset stays, and what stands around it grows", () => {
  const before = { range: { start: 0, end: 4 } };
  const data = [before, { range: { start: 2, end: 9 } }, { range: { start: 5, end: 7 } }];
  const now = moved(data, 10, 5);
  assert.deepEqual(now, [before, { range: { start: 2, end: 19 } }, { range: { start: 15, end: 17 } }]);
  assert.equal(now[0], before);
});
