// What the document becomes when it is written from the code: what holds stays, what drifted is mended, what is new is told.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";
import { diff } from "../fixture/diff.ts";
import { workspaceOf } from "../fixture/workspace.ts";

const loading = loadEngine("dist", undefined);
const DRIVERS = "doc/source/contributor/drivers_locking_examples.rst";
const CORE = "doc/source/contributor/high_availability.rst";

const DOCUMENT = `Locks
=====

Words of people, as they are.

Acme  driver :

  * Lock scope: Node
  * Critical section: What changes
     the size .
  * Lock name: \`\`acme-{volume.id}\`\`
  * Where: \`extend\` method
  * Since: ever
  * File: cinder/volume/drivers/acme.py

Gone driver:
  - Lock scope: Global.
  - Lock name: \`gone-{volume.id}\`.
  - Where: \`extend\` method.
  - File: \`cinder/volume/drivers/gone.py\`.

Moved driver:
  - Lock scope: Global.
  - Critical section: Calls that people understand.
  - Lock name: \`moved-{volume.id}\`.
  - Where: \`old\` method.
  - File: \`cinder/volume/drivers/was_here.py\`.


Other files
-----------

- \`cinder/volume/drivers/gone/cli.py\`
- \`cinder/volume/drivers/mentioned.py\`.
- \`cinder/volume/drivers/lockless.py\`
- \`cinder/volume/drivers/vacme/cli.py\`

Notes
-----
`;

const IMPORTS = "from cinder import coordination\n\n\n";
const locked = (name: string, functionName: string) =>
  `@coordination.synchronized('${name}')\ndef ${functionName}(volume):\n    pass\n\n\n`;

const CODE = {
  "cinder/volume/drivers/acme.py":
    IMPORTS + locked("acme-{volume.id}", "extend") + locked("acme-{volume.id}", "shrink"),
  "cinder/volume/drivers/is_here.py": IMPORTS + locked("moved-{volume.id}", "renamed"),
  "cinder/volume/drivers/mentioned.py": IMPORTS + locked("mentioned", "anything"),
  "cinder/volume/drivers/lockless.py": "def nothing():\n    pass\n",
  "cinder/volume/drivers/powervacme/cli.py": IMPORTS + locked("cli", "call"),
  "cinder/volume/drivers/new.py": `${IMPORTS}${locked("new-{volume.id}", "extend")}
def shrink(volume):
    with coordination.COORDINATOR.get_lock('new-' + volume.id):
        pass
`,
  "cinder/volume/manager.py": IMPORTS + locked("{volume.id}-delete_volume", "delete_volume"),
};

async function written(files: Readonly<Record<string, string>>, path = DRIVERS): Promise<string> {
  const { engine } = await loading;
  const blocks = Object.entries(files).map(([file, text]) => ({
    kind: file.endsWith(".rst") ? "rst" : "python",
    argument: `file=${file}`,
    text,
    line: 1,
  }));
  const { analysis } = workspaceOf(engine, { title: "written", blocks });
  const sources = analysis.catalog().sources;
  const source = sources.find(({ document }) => document?.path === `/${path}`) ?? sources[0];
  assert.ok(source !== undefined);
  return analysis.writtenDocument(source);
}

describe("a document is written from the code", () => {
  test("and only what drifted is other than before", async () => {
    assert.equal(
      diff(DOCUMENT, await written({ ...CODE, [DRIVERS]: DOCUMENT, [CORE]: "" })),
      `-  * Lock scope: Node
+  * Lock scope: Global
   * Critical section: What changes
@@
   * Lock name: \`\`acme-{volume.id}\`\`
-  * Where: \`extend\` method
+  * Where: \`extend\` method and \`shrink\` function
   * Since: ever
@@
-Gone driver:
-  - Lock scope: Global.
-  - Lock name: \`gone-{volume.id}\`.
-  - Where: \`extend\` method.
-  - File: \`cinder/volume/drivers/gone.py\`.
-
 Moved driver:
@@
   - Lock name: \`moved-{volume.id}\`.
-  - Where: \`old\` method.
-  - File: \`cinder/volume/drivers/was_here.py\`.
+  - Where: \`renamed\` function.
+  - File: \`cinder/volume/drivers/is_here.py\`.
@@
+new:
+  - Lock scope: Global.
+  - Critical section: Calls of \`extend\`, part of \`shrink\`.
+  - Lock name: \`new-{volume.id}\`.
+  - Where: \`extend\` and \`shrink\` functions.
+  - File: \`cinder/volume/drivers/new.py\`.
@@
+
 Other files
@@
-- \`cinder/volume/drivers/gone/cli.py\`
 - \`cinder/volume/drivers/mentioned.py\`.
-- \`cinder/volume/drivers/lockless.py\`
-- \`cinder/volume/drivers/vacme/cli.py\`
+- \`cinder/volume/drivers/powervacme/cli.py\`
`,
    );
  });

  test("and then has nothing to write any more", async () => {
    const once = await written({ ...CODE, [DRIVERS]: DOCUMENT });
    assert.equal(await written({ ...CODE, [DRIVERS]: once }), once);
  });

  test("with the core's locks, where no other document tells of them", async () => {
    assert.match(await written({ ...CODE, [DRIVERS]: DOCUMENT }), /manager\.py/);
    assert.doesNotMatch(await written({ ...CODE, [DRIVERS]: DOCUMENT, [CORE]: "" }), /manager\.py/);
    assert.match(
      await written({ ...CODE, [DRIVERS]: DOCUMENT, [CORE]: "Locks.\n" }, CORE),
      /^Locks\.\n\nvolume manager:/,
    );
  });

  test("with locks that no function takes", async () => {
    const files = {
      "cinder/api.py": "import threading\n\nlock = threading.Lock()\nwith lock:\n    start = 1\n",
    };
    const once = await written({ ...files, [DRIVERS]: "Locks.\n" });
    assert.equal(
      once,
      `Locks.

api:
  - Lock scope: Process.
  - Critical section: Part of \`<module>\`.
  - Lock name: \`'cinder.api.lock'\`.
  - Where: \`<module>\`.
  - File: \`cinder/api.py\`.
`,
    );
    assert.equal(await written({ ...files, [DRIVERS]: once }), once);
  });

  test("with the line ends that it has", async () => {
    const text = await written({ ...CODE, [DRIVERS]: DOCUMENT.replaceAll("\n", "\r\n") });
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  test("also where there is none: then from the bundled list, without what is gone", async () => {
    const text = await written(CODE);
    assert.doesNotMatch(text, /LIO target/);
    assert.match(text, /^Drivers Locking Examples\n=+\n\n/);
    assert.match(text, /\nnew:\n {2}- Lock scope: Global\.\n/);
  });
});
