import type { Scope } from "./model.ts";

/** The library functions that take a lock, as data. Signatures and behavior: SEMANTICS §1, §2 and §5. */

export type LockApiId =
  | "coordination.synchronized"
  | "coordination.get_lock"
  | "coordination.Lock"
  | "utils.synchronized"
  | "lockutils.synchronized"
  | "lockutils.lock"
  | "lockutils.external_lock"
  | "lockutils.internal_lock"
  | "lockutils.internal_fair_lock"
  | LockObjectId;

/** The classes whose objects are locks. */
export type LockObjectId =
  | "threading.Lock"
  | "threading.RLock"
  | "threading.Semaphore"
  | "threading.BoundedSemaphore"
  | "threading.Condition"
  | "eventlet.Semaphore"
  | "eventlet.BoundedSemaphore"
  | "multiprocessing.Lock"
  | "multiprocessing.RLock"
  | "multiprocessing.Semaphore"
  | "multiprocessing.BoundedSemaphore"
  | "utils.Semaphore"
  | "utils.semaphore_factory"
  | "fasteners.ReaderWriterLock"
  | "fasteners.InterProcessLock";

export interface LockApi {
  readonly id: LockApiId;
  /**
   * What keeps the lock: tooz by way of the coordinator, oslo.concurrency's lockutils, or an object of the program, which
   * has no name but its owner's. They never exclude each other.
   */
  readonly mechanism: "coordination" | "lockutils" | "object";
  /** What the call returns: a decorator for the function that is to be locked, or the lock itself. */
  readonly gives: "decorator" | "lock";
  /** Whether `{field}` in the name is replaced by the decorated function's arguments. */
  readonly expandsFields: boolean;
  /** What the arguments mean by position. `...` marks that all positional arguments are names. */
  readonly positional: readonly string[];
  /**
   * What happens when the holder takes it again: it waits for itself, it passes, it counts against the number that the
   * semaphore was made with, or leaving the inner one gives the outer one up (SEMANTICS §3). `fair` is an option apart.
   */
  readonly reentry: "hangs" | "passes" | "counts" | "gives up";
  /** A fixed scope, or `undefined` where the `external` argument decides between process and node. */
  readonly scope: Scope | undefined;
}

/** The projects whose own `utils` and `coordination` modules we know; the prefix names their lock files and keys. */
export const SERVICES = {
  cinder: { prefix: "cinder-" },
  manila: { prefix: "manila-" },
} as const;

export type ServiceName = keyof typeof SERVICES;

const COORDINATION_SYNCHRONIZED: LockApi = {
  id: "coordination.synchronized",
  mechanism: "coordination",
  gives: "decorator",
  expandsFields: true,
  reentry: "hangs",
  positional: ["..."],
  scope: "global",
};

const COORDINATION_GET_LOCK: LockApi = {
  id: "coordination.get_lock",
  mechanism: "coordination",
  gives: "lock",
  expandsFields: false,
  reentry: "hangs",
  positional: ["name"],
  scope: "global",
};

/** A class that Cinder had until 2017 and Manila still has: it formats the name with a mapping given to it. */
const COORDINATION_LOCK: LockApi = {
  id: "coordination.Lock",
  mechanism: "coordination",
  gives: "lock",
  expandsFields: false,
  reentry: "hangs",
  positional: ["lock_name", "lock_data", "coordinator"],
  scope: "global",
};

/** `lockutils.synchronized` with the service's prefix bound by keyword: only the name may be positional. */
const UTILS_SYNCHRONIZED: LockApi = {
  id: "utils.synchronized",
  mechanism: "lockutils",
  gives: "decorator",
  expandsFields: false,
  reentry: "hangs",
  positional: ["name"],
  scope: undefined,
};

const LOCKUTILS_APIS: Readonly<Record<string, LockApi>> = {
  synchronized: {
    id: "lockutils.synchronized",
    mechanism: "lockutils",
    gives: "decorator",
    expandsFields: false,
    reentry: "hangs",
    positional: [
      "name",
      "lock_file_prefix",
      "external",
      "lock_path",
      "semaphores",
      "delay",
      "fair",
      "blocking",
    ],
    scope: undefined,
  },
  lock: {
    id: "lockutils.lock",
    mechanism: "lockutils",
    gives: "lock",
    expandsFields: false,
    reentry: "hangs",
    positional: [
      "name",
      "lock_file_prefix",
      "external",
      "lock_path",
      "do_log",
      "semaphores",
      "delay",
      "fair",
      "blocking",
    ],
    scope: undefined,
  },
  external_lock: {
    id: "lockutils.external_lock",
    mechanism: "lockutils",
    gives: "lock",
    expandsFields: false,
    reentry: "gives up",
    positional: ["name", "lock_file_prefix", "lock_path"],
    scope: "node",
  },
  internal_lock: {
    id: "lockutils.internal_lock",
    mechanism: "lockutils",
    gives: "lock",
    expandsFields: false,
    reentry: "hangs",
    positional: ["name", "semaphores", "blocking"],
    scope: "process",
  },
  internal_fair_lock: {
    id: "lockutils.internal_fair_lock",
    mechanism: "lockutils",
    gives: "lock",
    expandsFields: false,
    reentry: "passes",
    positional: ["name"],
    scope: "process",
  },
};

/** A lock that is an object: it excludes those who have the same object. */
function lockObject(id: LockObjectId, scope: Scope, reentry: LockApi["reentry"] = "hangs"): LockApi {
  return { id, mechanism: "object", gives: "lock", expandsFields: false, reentry, positional: [], scope };
}

/** Semaphores of `multiprocessing` exclude all processes that inherited them, which run on one node. */
const LOCK_OBJECTS: Readonly<Record<string, LockApi>> = {
  "threading.Lock": lockObject("threading.Lock", "process"),
  "threading.RLock": lockObject("threading.RLock", "process", "passes"),
  "threading.Semaphore": lockObject("threading.Semaphore", "process", "counts"),
  "threading.BoundedSemaphore": lockObject("threading.BoundedSemaphore", "process", "counts"),
  "threading.Condition": lockObject("threading.Condition", "process", "passes"),
  "eventlet.Semaphore": lockObject("eventlet.Semaphore", "process", "counts"),
  "eventlet.semaphore.Semaphore": lockObject("eventlet.Semaphore", "process", "counts"),
  "eventlet.semaphore.BoundedSemaphore": lockObject("eventlet.BoundedSemaphore", "process", "counts"),
  "multiprocessing.Lock": lockObject("multiprocessing.Lock", "node"),
  "multiprocessing.RLock": lockObject("multiprocessing.RLock", "node", "passes"),
  "multiprocessing.Semaphore": lockObject("multiprocessing.Semaphore", "node", "counts"),
  "multiprocessing.BoundedSemaphore": lockObject("multiprocessing.BoundedSemaphore", "node", "counts"),
  "fasteners.ReaderWriterLock": lockObject("fasteners.ReaderWriterLock", "process"),
  "fasteners.InterProcessLock": lockObject("fasteners.InterProcessLock", "node", "gives up"),
  "oslo_concurrency.lockutils.ReaderWriterLock": lockObject("fasteners.ReaderWriterLock", "process"),
  "oslo_concurrency.lockutils.InterProcessLock": lockObject("fasteners.InterProcessLock", "node", "gives up"),
  "cinder.utils.Semaphore": lockObject("utils.Semaphore", "node", "counts"),
  // A semaphore of the process or of its children, as the number of processes is configured.
  "cinder.utils.semaphore_factory": lockObject("utils.semaphore_factory", "unknown", "counts"),
};

/** The class of lock objects, or the function that makes them, of that qualified name. */
export function lockObjectNamed(qualifiedName: string): ApiUse | undefined {
  return apiUse(LOCK_OBJECTS, qualifiedName, undefined, qualifiedName);
}

/** How lockutils makes an API with a prefix of its own: `synchronized_with_prefix('acme-')`. */
const PREFIXED_APIS: Readonly<Record<string, string>> = {
  synchronized_with_prefix: "synchronized",
  lock_with_prefix: "lock",
};

/** The API that a function returns with its first argument bound as the prefix. */
export function prefixedApiNamed(qualifiedName: string): ApiUse | undefined {
  const dot = qualifiedName.lastIndexOf(".");
  const api = PREFIXED_APIS[qualifiedName.slice(dot + 1)];
  return api === undefined ? undefined : lockApiNamed(`${qualifiedName.slice(0, dot)}.${api}`);
}

/** The same for the modules that a service has of its own, by the name's path below the service's package. */
const SERVICE_APIS: Readonly<Record<string, LockApi>> = {
  "coordination.synchronized": COORDINATION_SYNCHRONIZED,
  "coordination.COORDINATOR.get_lock": COORDINATION_GET_LOCK,
  "coordination.LOCK_COORDINATOR.get_lock": COORDINATION_GET_LOCK,
  "coordination.Lock": COORDINATION_LOCK,
  "utils.synchronized": UTILS_SYNCHRONIZED,
};

/** A lock API as one place reaches it. */
export interface ApiUse {
  readonly api: LockApi;
  /** The project whose module it is, or `undefined` for the library's own. */
  readonly service: ServiceName | undefined;
  /** The name by its module, as Python would import it: `cinder.coordination.synchronized`. */
  readonly qualifiedName: string;
}

/** The lock API of that qualified name, such as `cinder.utils.synchronized` or `oslo_concurrency.lockutils.lock`. */
export function lockApiNamed(qualifiedName: string): ApiUse | undefined {
  const lockutils = /^(?:oslo_concurrency|oslo\.concurrency|\w+\.openstack\.common)\.lockutils\.(\w+)$/.exec(
    qualifiedName,
  )?.[1];
  if (lockutils !== undefined) {
    return apiUse(LOCKUTILS_APIS, lockutils, undefined, qualifiedName);
  }
  const dot = qualifiedName.indexOf(".");
  const service = qualifiedName.slice(0, dot);
  return isService(service)
    ? apiUse(SERVICE_APIS, qualifiedName.slice(dot + 1), service, qualifiedName)
    : undefined;
}

function apiUse(
  apis: Readonly<Record<string, LockApi>>,
  key: string,
  service: ServiceName | undefined,
  qualifiedName: string,
): ApiUse | undefined {
  const api = Object.hasOwn(apis, key) ? apis[key] : undefined;
  return api === undefined ? undefined : { api, service, qualifiedName };
}

/** The service whose package a module lies in, if any. */
export function serviceOf(module: string): ServiceName | undefined {
  const [name = ""] = module.split(".", 1);
  return isService(name) ? name : undefined;
}

function isService(name: string): name is ServiceName {
  return Object.hasOwn(SERVICES, name);
}

/** Functions that delete the files locks leave behind, by what they are given (SEMANTICS §6). */
export interface RemovalApi {
  readonly id: "coordination.synchronized_remove" | "utils.synchronized_remove";
  readonly mechanism: "coordination" | "lockutils";
  /** `glob`: `*`, `?` and `[` are wildcards; `exact`: the name itself. */
  readonly matches: "glob" | "exact";
}

const REMOVAL_APIS: Readonly<Record<string, RemovalApi>> = {
  "coordination.synchronized_remove": {
    id: "coordination.synchronized_remove",
    mechanism: "coordination",
    matches: "glob",
  },
  "utils.synchronized_remove": { id: "utils.synchronized_remove", mechanism: "lockutils", matches: "exact" },
};

export interface RemovalUse {
  readonly api: RemovalApi;
  readonly service: ServiceName;
}

/** The removal of that qualified name, such as `cinder.coordination.synchronized_remove`. */
export function removalApiNamed(qualifiedName: string): RemovalUse | undefined {
  const dot = qualifiedName.indexOf(".");
  const service = qualifiedName.slice(0, dot);
  const key = qualifiedName.slice(dot + 1);
  const api = Object.hasOwn(REMOVAL_APIS, key) ? REMOVAL_APIS[key] : undefined;
  return api !== undefined && isService(service) ? { api, service } : undefined;
}

const WITHOUT_LOCKS: ReadonlySet<string> = new Set([
  "oslo_utils.excutils.save_and_reraise_exception",
  ...["mock", "unittest.mock"].flatMap((mock) => [
    `${mock}.patch`,
    `${mock}.patch.dict`,
    `${mock}.patch.object`,
  ]),
]);

/**
 * Whether what is entered or applied under that qualified name is known to take no lock. Only what stands in many drivers
 * and tests is told: to ask of each of these what it may be takes longer than to know it.
 */
export function takesNoLock(qualifiedName: string): boolean {
  return WITHOUT_LOCKS.has(qualifiedName);
}

/** The last words of all these names: a text with none of them can take no lock that we know. */
export const API_WORDS: readonly string[] = [
  "synchronized",
  "synchronized_remove",
  "get_lock",
  "lockutils",
  "Lock",
  "RLock",
  "Semaphore",
  "BoundedSemaphore",
  "Condition",
  "ReaderWriterLock",
  "InterProcessLock",
  "semaphore_factory",
];
