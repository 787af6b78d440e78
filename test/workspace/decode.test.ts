// Is a file's text what Python reads, and nothing lost where even Python gives up?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decode } from "../../server/src/workspace/decode.ts";

const REPLACED = "not UTF-8: the bytes that are not are replaced";

describe("UTF-8", () => {
  test("is the rule, with nothing to be said", () => {
    assert.deepEqual(decode(Buffer.from("x = 'é𝔞'\n")), { text: "x = 'é𝔞'\n", note: undefined });
    assert.deepEqual(decode(Buffer.alloc(0)), { text: "", note: undefined });
  });

  test("without its byte order mark; a second one is a character", () => {
    assert.deepEqual(decode(Buffer.from("\ufeffx")), { text: "x", note: undefined });
    assert.deepEqual(decode(Buffer.from("\ufeff\ufeffx")), { text: "\ufeffx", note: undefined });
  });

  test("stays as it is: line ends, zeros, a wrong cookie", () => {
    const text = "# coding: latin-1\r\nx = '\0é'\r";
    assert.deepEqual(decode(Buffer.from(text)), { text, note: undefined });
  });
});

describe("other encodings", () => {
  const latin = (text: string) => Buffer.from(text, "latin1");

  for (const cookie of [
    "# -*- coding: latin-1 -*-",
    "# -*- coding: latin_1 -*-",
    "# coding: iso-8859-1",
    "#!/usr/bin/python\n# vim: set fileencoding=ISO-8859-1 :",
    "\t# coding=latin1",
    "#!/usr/bin/python\r\n#coding:cp1252",
  ]) {
    test(JSON.stringify(cookie), () => {
      const { text, note } = decode(latin(`${cookie}\nx = 'é'\n`));
      assert.equal(text, `${cookie}\nx = 'é'\n`);
      assert.match(note ?? "", /^not UTF-8: read as \S+$/);
    });
  }

  test("of several bytes a character", () => {
    const bytes = Buffer.concat([
      Buffer.from("# coding: euc_jp\nx = '"),
      Buffer.from([0xc6, 0xfc]),
      Buffer.from("'\n"),
    ]);
    assert.deepEqual(decode(bytes), {
      text: "# coding: euc_jp\nx = '日'\n",
      note: "not UTF-8: read as euc_jp",
    });
  });

  for (const [what, head] of [
    ["none is declared", "x = 1"],
    ["nobody knows it", "# coding: klingon"],
    ["the cookie is in the third line", "\n\n# coding: latin-1"],
    ["the cookie is no comment", "x = 1 # coding: latin-1"],
  ] as const) {
    test(`only the wrong bytes are lost where ${what}`, () => {
      assert.deepEqual(decode(latin(`${head}\nx = 'é' + 'ü'\n`)), {
        text: `${head}\nx = '\ufffd' + '\ufffd'\n`,
        note: REPLACED,
      });
    });
  }

  test("a declared UTF-8 that is none", () => {
    const { text } = decode(latin("# coding: utf-8\nx = 'é'\n"));
    assert.equal(text, "# coding: utf-8\nx = '\ufffd'\n");
  });
});
