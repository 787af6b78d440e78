// Texts that are nearly documents of locks, for what must not fall over whatever is typed.
import fc from "fast-check";
import { seed } from "./seed.ts";

export const SAMPLE = `:orphan:

Locks
=====

.. note:: Not
   this.

LIO target
  - Lock scope: Node.
  - Lock name: \`'lioadm'\`.
  - Where: \`_execute\` method.

Volume creation:
  - Lock scope: Global.
  - Critical section: Protect source of volume creation from deletion.  Volume
    or Snapshot.
  - Lock name: \`{snapshot-id}-delete_snapshot\` or
    \`{volume-id}-delete_volume}\`.
  - Where: Inside \`create_volume\` method for calling \`_fun_flow\`.
  - File: \`cinder/volume/manager.py\`.
  - Since: Rocky.

Other files
-----------

- \`cinder/volume/drivers/nec/cli.py\`
`;

const pieces = [
  "`",
  "``",
  "'",
  '"',
  "\n",
  "\r\n",
  "\n\n",
  "  ",
  "\t",
  "- ",
  "* ",
  ":",
  "::",
  ".. ",
  ".",
  " or ",
  "(",
  "----\n",
  "Lock name:",
  "- Lock scope:",
  "Other files\n---\n",
  "\u00a0",
  "\u2028",
  "😀",
  "\ud800",
];
/** Something that is typed or pasted. */
export const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 8 }));

const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 30 }), insert: piece });
/** A document with some changes. */
export const changedText = fc
  .tuple(fc.constantFrom(SAMPLE, seed ?? SAMPLE), fc.array(edit, { maxLength: 20 }))
  .map(([text, edits]) => edits.reduce(applied, text));

function applied(text: string, edit: { at: number; remove: number; insert: string }): string {
  const at = edit.at % (text.length + 1);
  return text.slice(0, at) + edit.insert + text.slice(at + edit.remove);
}
