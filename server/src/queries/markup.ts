import type { TextRange } from "../base/text-range.ts";
import type { FilePath } from "../facts/model.ts";

/** A small document: what an answer says to people, before it is known how it will be shown. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "separator" };

export type Text = readonly Span[];

export type Span =
  | string
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "place"; readonly text: string; readonly place: Place }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

/** A stretch of a file. */
export interface Place {
  readonly path: FilePath;
  readonly range: TextRange;
}

export function code(text: string): Span {
  return { kind: "code", text };
}

export function strong(text: string): Span {
  return { kind: "strong", text };
}

export function paragraph(...text: Text): Block {
  return { kind: "paragraph", text };
}

export function list(items: readonly Text[]): Block {
  return { kind: "list", items };
}

export const SEPARATOR: Block = { kind: "separator" };

/** `1 site`, `2 sites`. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
