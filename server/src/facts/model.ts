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
  readonly locals: ReadonlyMap<string, ReadonlyMap<string, readonly Value[]>>;
}

/** All that is known of a file that was not parsed, because no word of a lock is in it. */
export interface FileOutline {
  readonly path: FilePath;
  readonly module: string;
  /** The last words of the bases of its classes: `NfsDriver` for `class Driver(nfs.NfsDriver)`. */
  readonly baseNames: ReadonlySet<string>;
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
}

/** A value and the function or class whose names it is made of. */
export interface AssignedValue {
  readonly value: Value;
  readonly functionName: string;
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
  readonly bodyRange: TextRange;
}

/** `lockutils.internal_lock(name).acquire()`, from which the lock is held until it is released. */
export interface AcquireSite extends SiteFacts {
  readonly form: "acquire";
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
  /** Whether another decorator stands between the lock and the function, which may hide its parameters (SEMANTICS §4). */
  readonly below: "nothing" | "locks" | "other decorators";
  /** The calls of a function that is defined inside another one, as far as they stand in that one. */
  readonly calls: readonly NestedCall[];
}

export interface Parameter {
  readonly name: string;
  readonly range: TextRange;
}

/** A call of a nested function, with what it passes for each parameter that is told by the call alone. */
export interface NestedCall {
  readonly range: TextRange;
  readonly passes: readonly {
    readonly parameter: string;
    readonly source: string;
    readonly range: TextRange;
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

/** An argument's value, if it is a constant. */
export type OptionValue =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number" }
  | { readonly kind: "none" }
  | { readonly kind: "other" };

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

/** `volume.conditional_update(…)`: a change in the database that is made only in an expected status; no lock. */
export interface StatusGuard {
  readonly range: TextRange;
  /** The function that guards itself so: `API.delete`; empty at module level. */
  readonly functionName: string;
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
  /** The import statement; `undefined` for a name that the module defines itself. */
  readonly statement: TextRange | undefined;
}
