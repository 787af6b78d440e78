import type { TextRange } from "../base/text-range.ts";

/**
 * What we ask of a node of a Python syntax tree. Offsets are UTF-16 code units. The nodes of both engines, native and
 * WebAssembly, satisfy it as they are; nothing else of an engine is used outside `workspace/load-engine.ts`.
 */
export interface SyntaxNode {
  /** Another one for each node of a tree; two objects may stand for one node. */
  readonly id: number;
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly hasError: boolean;
  readonly parent: SyntaxNode | null;
  readonly namedChildren: readonly (SyntaxNode | null)[];
  childForFieldName(name: string): SyntaxNode | null;
  /** The smallest node that covers the code units from `start` up to, not including, `end`. */
  descendantForIndex(start: number, end: number): SyntaxNode | null;
}

/** A parsed text. It is to be used only while {@link ParserEngine.withTree} runs. */
export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  /** Where words are looked for, in the order of the text; `undefined` for all of it. */
  readonly searched?: readonly TextRange[];
  /** What the text was before bodies were cut out of it, if they were. */
  readonly uncut?: UncutText;
}

/** A text before bodies were cut out of it. */
export interface UncutText {
  readonly text: string;
  /** Where the first of them stands; what is in front stands there in both. */
  readonly from: number;
  /** Where an offset of the text that is left was before; what stands for a body stands where that stood. */
  offsetBefore(offset: number): number;
}

/** A Python parser. Broken text gives a tree all the same, with errors where it is broken. */
export interface ParserEngine {
  readonly kind: "native" | "wasm";
  /**
   * Parses `text`, hands the tree to `use` and frees it: what `use` returns must hold no node.
   * @param parts what of the text is parsed, in its order, as if there were nothing between; all if not given
   */
  withTree<Result>(text: string, use: (tree: SyntaxTree) => Result, parts?: readonly TextRange[]): Result;
  /**
   * An engine for texts that follow from one another, as while somebody types: it keeps its last tree to itself, and
   * parses only what is not as it was.
   */
  resuming(): ResumingEngine;
}

export interface ResumingEngine extends ParserEngine {
  /** Lets go of the last tree: the next text follows from none. */
  forget(): void;
}

export function rangeOf(node: SyntaxNode): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

export function textOf(tree: SyntaxTree, node: SyntaxNode): string {
  return tree.text.slice(node.startIndex, node.endIndex);
}

/** The same with what was cut out of it. */
export function uncutTextOf(tree: SyntaxTree, node: SyntaxNode): string {
  const { uncut } = tree;
  return uncut === undefined
    ? textOf(tree, node)
    : uncut.text.slice(uncut.offsetBefore(node.startIndex), uncut.offsetBefore(node.endIndex));
}
