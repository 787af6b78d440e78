import type { Brand } from "../base/brand.ts";
import type { LineIndex } from "../base/line-index.ts";
import type { TextRange } from "../base/text-range.ts";
import type { ApiUse, RemovalUse } from "./lock-apis.ts";
import type { Value } from "./value.ts";

/**
 * What one file says about locks: plain data, made from the file's text and module name alone and valid as long as
 * these are. All offsets are UTF-16 code units of that text; all lists are in the order of the text.
 */
export interface FileFacts {
  readonly path: FilePath;
  /** The dotted name under which Python imports the file: `cinder.volume.manager`. */
  readonly module: string;
  readonly lines: LineIndex;
  readonly sites: readonly LockSite[];
  readonly removals: readonly LockRemoval[];
  readonly uncalled: readonly UncalledDecorator[];
  /** The functions that lock what they are given, or that may, if a lock object is what they enter. */
  readonly wrappers: readonly LockWrapper[];
  /** What may take locks by another name, if it was asked for; see `usedNames`. */
  readonly namedUses: readonly NamedUse[];
  /** Its functions with the calls in them; none in a file that takes no lock and was not asked for in full. */
  readonly bodies: readonly FunctionBody[];
  /** Where locks are acquired by hand, as far as {@link namedUses} are read. */
  readonly acquisitions: readonly Acquisition[];
  /** Where locks are released by hand, read with {@link acquisitions}. */
  readonly releases: readonly Release[];
  /** Where locks that are objects are made. */
  readonly madeLocks: readonly MadeLock[];
  /** The blocks under a lock, or what may be one, that do nothing and do not say why. */
  readonly emptyBlocks: readonly TextRange[];
  /** The tests on which such blocks are entered that do not test again. */
  readonly entryTests: readonly EntryTest[];
  /** The words of all names that are applied as decorators, entered, acquired or released: which locks may be meant. */
  readonly usedNames: ReadonlySet<string>;
  readonly suppressions: readonly Suppression[];
  /** All decorators of each locked function, topmost first and as written with their `@`. */
  readonly decorators: readonly {
    /** The function without its decorators. */
    readonly range: TextRange;
    readonly decorators: readonly RangedText[];
  }[];
  readonly guards: readonly StatusGuard[];
  /** The functions, classes and variables that the module itself defines, by name. The last definition counts. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Where the functions of each name are defined, however deep, whatever their class: the range is the name's. */
  readonly functions: ReadonlyMap<string, readonly TextRange[]>;
  readonly imports: readonly ImportedName[];
  /** The last words of the bases of its classes: `NfsDriver` for `class Driver(nfs.NfsDriver)`. */
  readonly baseNames: ReadonlySet<string>;
  /** Its classes, if names of locks may hang on their attributes; otherwise they are not read. */
  readonly classes: readonly ClassFacts[] | undefined;
  /** What the module assigns to its own variables, by name; the last assignment counts. */
  readonly constants: ReadonlyMap<string, Value>;
  /** What functions assign to the variables that lock names are made of: by function, then by variable. */
  readonly locals: ReadonlyMap<string, ReadonlyMap<string, readonly LocalValue[]>>;
}

/** All that is known of a file that was not parsed, because no word of a lock is in it. */
export interface FileOutline {
  readonly path: FilePath;
  readonly module: string;
  /** The last words of the bases of its classes: `NfsDriver` for `class Driver(nfs.NfsDriver)`. */
  readonly baseNames: ReadonlySet<string>;
  readonly usedNames: ReadonlySet<string>;
}

/** An attribute that is tested before a block is entered, and changed in it. */
export interface EntryTest {
  /** `self._client`. */
  readonly state: string;
  /** The condition. */
  readonly range: TextRange;
  readonly block: TextRange;
}

export interface ClassFacts {
  /** With the classes and functions around it: `Driver`, `Driver.Inner`. */
  readonly name: string;
  readonly range: TextRange;
  /** The base classes as dotted names; `undefined` for one that is computed. */
  readonly bases: readonly (string | undefined)[];
  /** What its body assigns. */
  readonly classAttributes: ReadonlyMap<string, AssignedValue>;
  /** What its methods assign to `self`. */
  readonly instanceAttributes: ReadonlyMap<string, readonly AssignedValue[]>;
  /** What its body defines, by name; the last definition counts. */
  readonly methods: ReadonlyMap<string, MethodFacts>;
}

export interface MethodFacts {
  readonly nameRange: TextRange;
  /** The last words of the methods it calls, whatever the object: `create` for `super().create(volume)`. */
  readonly calls: ReadonlySet<string>;
  /** Whether it does nothing, or only says so: `pass`, `raise NotImplementedError()`, `return None`. */
  readonly isStub: boolean;
}

/** What a variable of a function is given, and the condition of the innermost `if` or `elif` around, if it holds one. */
export interface LocalValue {
  readonly value: Value;
  readonly condition: Value | undefined;
}

/** A value and the function or class whose names it is made of. */
export interface AssignedValue {
  readonly value: Value;
  readonly functionName: string;
  /** The name that it is assigned to. */
  readonly range: TextRange;
}

/**
 * A file's identity: its absolute path with `/` between folders, or an editor's own name for what has no file.
 * Minted by the shell (`workspace/file-paths.ts`).
 */
export type FilePath = Brand<string, "FilePath">;

/** Where a file stands: what the text itself does not say. */
export interface FileOrigin {
  readonly path: FilePath;
  /** The dotted name under which Python imports it: `cinder.volume.manager`; for `__init__.py` the package's. */
  readonly module: string;
}

/** Who is kept out: other threads of the process, all processes of the node, or the whole deployment (SEMANTICS §7). */
export type Scope = "process" | "node" | "global" | "unknown";

/** A place that takes a lock. */
export type LockSite = DecoratorSite | WithSite | AcquireSite | CallSite;

interface SiteFacts {
  /** The call of the lock API: `coordination.synchronized('{volume.id}')`. */
  readonly range: TextRange;
  /** What is called in it: `coordination.synchronized`. */
  readonly calleeRange: TextRange;
  readonly use: ApiUse;
  readonly scope: Scope;
  /** The names the call takes together; several only for `coordination.synchronized`. */
  readonly names: readonly LockName[];
  /** The arguments that are no names. */
  readonly options: readonly LockOption[];
  /** The function that runs under the lock, or that takes it: `Driver.attach.locked`; empty at module level. */
  readonly functionName: string;
  /** By what the lock is taken here, if the API itself is called elsewhere. */
  readonly via: Via | undefined;
}

/** A wrapper, alias or variable by which a lock is taken. */
export interface Via {
  /** As Python would import it: `cinder.volume.drivers.remotefs.locked_volume_id_operation`. */
  readonly qualifiedName: string;
  /** Whether the function may run without the lock. */
  readonly isConditional: boolean;
}

/** `@coordination.synchronized('x')` above a function, which runs under the lock as a whole. */
export interface DecoratorSite extends SiteFacts {
  readonly form: "decorator";
  /** The decorator with its `@`. */
  readonly decoratorRange: TextRange;
  /** `undefined` where no function stands below, or none is typed yet. */
  readonly target: DecoratedFunction | undefined;
}

/** `with coordination.COORDINATOR.get_lock(name):`, whose block runs under the lock. */
export interface WithSite extends SiteFacts {
  readonly form: "with";
  /** Whether it stands in a branch of its function. */
  readonly isInBranch: boolean;
  readonly bodyRange: TextRange;
}

/** `lockutils.internal_lock(name).acquire()`, from which the lock is held until it is released. */
export interface AcquireSite extends SiteFacts {
  readonly form: "acquire";
  readonly isInBranch: boolean;
}

/** Any other call: the lock or its decorator is kept, passed on or applied by hand. */
export interface CallSite extends SiteFacts {
  readonly form: "call";
}

export interface DecoratedFunction {
  readonly name: string;
  readonly nameRange: TextRange;
  /** The definition without its decorators. */
  readonly range: TextRange;
  readonly parameters: readonly Parameter[];
  /** What a call of it does: run the body, or make an object that runs it later. */
  readonly kind: "plain" | "generator" | "coroutine";
  /** For a function defined inside another one: whether that one mentions it at all. */
  readonly isMentioned: boolean | undefined;
  /** Whether another decorator stands between the lock and the function, which may hide its parameters (SEMANTICS §4). */
  readonly below: "nothing" | "locks" | "other decorators";
  /** The calls of a function that is defined inside another one, as far as they stand in that one. */
  readonly calls: readonly NestedCall[];
  /** Whether it is a method: its first parameter is the object, or the class, that it is called on. */
  readonly isMethod: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly range: TextRange;
  readonly kind: "plain" | "sequence" | "mapping";
  /** How the function itself says that it may be None; `undefined` if it does not. */
  readonly noneBy: "default" | "test" | undefined;
}

/** A call of a nested function, with what it passes for each parameter that is told by the call alone. */
export interface NestedCall {
  readonly range: TextRange;
  readonly passes: readonly {
    readonly parameter: string;
    readonly source: string;
    readonly range: TextRange;
    readonly value: Value;
  }[];
}

/** A name that the lock is known by, as far as the text tells. */
export type LockName =
  | {
      readonly kind: "template";
      readonly range: TextRange;
      /** The expression as written. */
      readonly source: string;
      readonly parts: readonly NamePart[];
    }
  | {
      readonly kind: "unknown";
      readonly range: TextRange;
      /** The expression as written. */
      readonly source: string;
      readonly value: Value;
      /** Why it is not known, to be read behind "because". */
      readonly reason: string;
    };

export type NamePart =
  /** Characters that are the same at every call. Where the API expands fields, `{{` stands for a brace. */
  { readonly kind: "text"; readonly text: string; readonly range: TextRange } | NameField;

/** A part that differs from call to call. */
export interface NameField {
  readonly kind: "field";
  /** The expression, as between the braces: `volume.id`. */
  readonly source: string;
  readonly range: TextRange;
  /**
   * `template`: the lock API replaces `{volume.id}` when the function is called.
   * `expression`: Python computes it where the lock is made: `'emc-' + host`, `'%s' % host`, `f'{host}'`.
   */
  readonly origin: "template" | "expression";
  /** What it is as far as its words tell. A template's names are the parameters of the locked function. */
  readonly value: Value;
  /** For a template's field: the name that is looked up among the arguments; empty in `{}`. */
  readonly root: RangedText;
  /** For a template's field: the keys in brackets, as written. */
  readonly keys: readonly RangedText[];
}

export interface RangedText {
  readonly text: string;
  readonly range: TextRange;
}

/** An argument of a lock API beside the names. */
export interface LockOption {
  /** The parameter it is for, `*` where it is unpacked, or `undefined` for a position that means nothing. */
  readonly parameter: string | undefined;
  readonly by: "keyword" | "position" | "unpacking";
  readonly source: string;
  readonly range: TextRange;
  readonly valueRange: TextRange;
  readonly value: OptionValue;
}

/** An argument's value, if it is a constant or the name of something. */
export type OptionValue =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number" }
  | { readonly kind: "none" }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "other" };

/** An argument of a call of which only the project knows what is called. */
export interface PassedArgument {
  /** `sequence` and `mapping` are unpacked: `*names`, `**options`. */
  readonly by: "position" | "keyword" | "sequence" | "mapping";
  readonly keyword: string | undefined;
  readonly source: string;
  /** The argument with its keyword. */
  readonly range: TextRange;
  readonly valueRange: TextRange;
  readonly value: Value;
  /** What it is as the name of a lock, to an API that takes texts as they are. */
  readonly name: LockName;
  /** The same to an API that replaces `{field}`. */
  readonly template: LockName;
}

/**
 * A place that takes a lock if what is named there is one: an alias or wrapper of a lock API, a stored decorator, a
 * lock object. `@locked`, `@locked('x')`, `with self._lock:`, `self._lock.acquire()`.
 */
export interface NamedUse {
  readonly form: "decorator" | "with" | "acquire";
  /** The dotted name: `utils.lock_if`, `self._lock`. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** The call, or the name where it is not called. */
  readonly range: TextRange;
  /** `undefined` where it is not called. */
  readonly passed: readonly PassedArgument[] | undefined;
  /** The function that runs under the lock, or that takes it. */
  readonly functionName: string;
  /** The decorator with its `@`; for the others the same as `range`. */
  readonly wholeRange: TextRange;
  readonly target: DecoratedFunction | undefined;
  /** What runs under the lock of a `with`. */
  readonly bodyRange: TextRange | undefined;
  readonly isInBranch: boolean;
}

/** A function, with the calls in its own body; those of functions defined in it are theirs. */
export interface FunctionBody {
  /** With the classes and functions around it. */
  readonly name: string;
  /** Without its decorators. */
  readonly range: TextRange;
  readonly parameters: readonly string[];
  readonly calls: readonly BodyCall[];
}

export interface BodyCall {
  /** The dotted name of what is called; `super()` without its arguments. */
  readonly callee: string;
  /** What is called, without the arguments, counted from where the function begins: the same wherever that moves to. */
  readonly rangeInFunction: TextRange;
  /** Whether it stands in a branch of its function, which other calls may not take. */
  readonly isInBranch: boolean;
  /**
   * The arguments that are plain names, as written: `volume.id`, `host=connector['host']`; empty for any other. What is
   * behind an unpacked one, and behind the last plain name, is left out.
   */
  readonly passed: readonly string[];
}

/**
 * `self._lock.acquire()` as a statement of its own, which waits until the lock is free. Whether that is a lock its
 * {@link NamedUse} tells, which has the same range.
 */
export interface Acquisition {
  /** The dotted name: `self._lock`. */
  readonly name: string;
  /** The call. */
  readonly range: TextRange;
  /** Empty at module level. */
  readonly functionName: string;
  /** What runs until the lock is released further down in the same block. */
  readonly section: HeldSection | undefined;
  /** The `try` in whose guarded block it stands, if the `finally` releases the lock. */
  readonly guard: ReleasingTry | undefined;
  /** Whether the file also hands the lock on, by whatever means: another function may release it. */
  readonly isHandedOn: boolean;
}

/** The statements between `lock.acquire()` and what releases it, as far as no `finally` does so whatever happens. */
export interface HeldSection {
  /** The statement that releases the lock. */
  readonly release: TextRange;
  /** Each `return`, and each `raise` that nothing here catches: they leave the function with the lock held. */
  readonly exits: readonly TextRange[];
  /** Whether nothing runs between the two. */
  readonly isEmpty: boolean;
  /** Empty, where the lines between begin that are not blank; `undefined` where not all can be shifted as they are. */
  readonly lineStarts: readonly TextRange[] | undefined;
}

export interface ReleasingTry {
  /** The statement in its `finally`. */
  readonly release: TextRange;
}

/** `self._lock.release()`, also where the method is only mentioned: `stack.callback(self._lock.release)`. */
export interface Release {
  /** The dotted name of the lock: `self._lock`; `undefined` for one that is computed. */
  readonly name: string | undefined;
  /** The call, or the method where it is not called. */
  readonly range: TextRange;
  readonly isCalled: boolean;
  /** Whether the file also hands the lock on, by whatever means: another function may acquire it. */
  readonly isHandedOn: boolean;
  /** Empty at module level. */
  readonly functionName: string;
}

/** `threading.Lock()`. */
export interface MadeLock {
  /** The call. */
  readonly range: TextRange;
  readonly use: ApiUse;
  readonly functionName: string;
  /**
   * Who can take the lock: `statement`: the `with` that makes it; `call`: the function, whose variable it is
   * and which hands it to nobody, so that each call has its own; `others`: whoever has it, as far as is known.
   */
  readonly takenBy: "statement" | "call" | "others";
  /** Whether it is given anything: a condition another's lock. */
  readonly isGivenArguments: boolean;
}

/** A function that makes others run under a lock: a decorator, a function that returns one, or a context manager. */
export interface LockWrapper {
  readonly kind: "decorator" | "factory" | "context manager";
  /** With the class around it, if it is one's: `locked_volume_id_operation`, `Driver.locked`. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** The functions on the way to the lock, outermost first, each with what its parameters stand for. */
  readonly levels: readonly WrapperLevel[];
  /** Where the locks inside are taken: the ranges of {@link LockSite} and {@link NamedUse}. */
  readonly takes: readonly TextRange[];
  /** Whether it may let the function run without the lock. */
  readonly isConditional: boolean;
}

export interface WrapperLevel {
  readonly functionName: string;
  readonly parameters: readonly WrapperParameter[];
  /**
   * `application`: the arguments of `@wrapper(…)`; `function`: the decorated function comes first; `call`: the arguments
   * of each call of the decorated function.
   */
  readonly given: "application" | "function" | "call";
}

export interface WrapperParameter {
  readonly name: string;
  readonly kind: "plain" | "sequence" | "mapping";
  readonly default: Value | undefined;
}

/** `@coordination.synchronized` without parentheses: the function never runs under a lock, and may not run at all. */
export interface UncalledDecorator {
  readonly range: TextRange;
  readonly use: ApiUse;
  readonly functionName: string;
}

/** `synchronized_remove('x')`: deletes the file that a lock of that name leaves behind. */
export interface LockRemoval {
  readonly range: TextRange;
  readonly use: RemovalUse;
  readonly name: LockName;
  readonly functionName: string;
}

/** `# cinder-locks: ignore[mixed-scope] reason`: the author's word that a finding there is known and wanted. */
export interface Suppression {
  /** The comment, without what follows it on the line. */
  readonly range: TextRange;
  /** What goes with it: the blanks before it, and its whole line where nothing else is there. */
  readonly extent: TextRange;
  /** The 0-based line whose findings are meant: its own, or below a comment that is alone on its line the next. */
  readonly coveredLine: number;
  readonly ids: readonly RangedText[];
  /** Why; empty where none is given, and then nothing is silenced. */
  readonly reason: string;
}

/** `volume.conditional_update(…)`: a change in the database that is made only in an expected status; no lock. */
export interface StatusGuard {
  readonly range: TextRange;
  /** The function that guards itself so: `API.delete`; empty at module level. */
  readonly functionName: string;
  /** What is expected of the resource, as far as the function itself says so, in the order of the text. */
  readonly requirements: readonly StatusRequirement[];
}

/** What a column of the resource must be for a {@link StatusGuard} to let it pass. */
export interface StatusRequirement {
  /** `status`, `migration_status`. */
  readonly column: string;
  /** The values as written, `('available', 'in-use')`; more than one where branches decide. */
  readonly sources: readonly string[];
}

export interface Definition {
  readonly nameRange: TextRange;
  /** A function's parameters as written, `*lock_names` with its stars; `undefined` for all else. */
  readonly parameters: readonly string[] | undefined;
}

/** `from cinder import utils as u`: the local name `u` stands for `cinder.utils`. */
export interface ImportedName {
  readonly local: string;
  /** `*` marks all names of a module. */
  readonly qualifiedName: string;
  /** Where the name is known: the whole file, or the function or class with the import. */
  readonly within: TextRange;
  readonly isInClassBody: boolean;
  /** The function or class with the import, by its name with those around it; empty for the module. */
  readonly scope: string;
  /** The import statement; `undefined` for a name that the module defines itself. */
  readonly statement: TextRange | undefined;
}
