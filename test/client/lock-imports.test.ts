// Which Python texts are worth waking for?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importsLocks } from "../../client/src/lock-imports.ts";

const WITH_LOCKS = [
  "from cinder import coordination",
  "from manila import coordination",
  "from cinder import context, utils as cinder_utils",
  "from cinder import (\n    context,\n    coordination,\n)\n",
  "from cinder import context, \\\n    utils",
  "import cinder.coordination",
  "import manila.utils as utils",
  "from cinder.utils import synchronized",
  "from cinder.coordination import synchronized as locked",
  "from oslo_concurrency import lockutils",
  "from oslo_concurrency import processutils, lockutils",
  "from oslo_concurrency.lockutils import synchronized",
  "import oslo_concurrency.lockutils",
  "from cinder.openstack.common import lockutils",
  "try:\r\n    from cinder import coordination\r\nexcept ImportError:\r\n    pass\r\n",
];

const WITHOUT_LOCKS = [
  "",
  "import threading",
  "from cinder import context",
  "from cinder import (\n    context,\n)\nutils = 1\n",
  "from cinder.volume import configuration",
  "from cindered import coordination",
  "from project import coordination, utils",
  "from oslo_concurrency import processutils",
  "# from cinder import coordination",
  "from cinder import context\nimport utils\n",
];

describe("a text wakes the extension", () => {
  for (const text of WITH_LOCKS) test(JSON.stringify(text), () => assert.equal(importsLocks(text), true));
});

describe("a text leaves it asleep", () => {
  for (const text of WITHOUT_LOCKS) test(JSON.stringify(text), () => assert.equal(importsLocks(text), false));
});
