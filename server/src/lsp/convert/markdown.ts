import type { Analysis } from "../../analysis.ts";
import { positionAt } from "../../base/line-index.ts";
import type { Block, Place, Span, Text } from "../../queries/markup.ts";
import { uriOfPath } from "./uris.ts";

/** Writes a small document as Markdown. Words from the code are always in code spans, so that none is taken for markup. */
export function toMarkdown(analysis: Analysis, blocks: readonly Block[]): string {
  return blocks.map((block) => blockMarkdown(analysis, block)).join("\n\n");
}

function blockMarkdown(analysis: Analysis, block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return textMarkdown(analysis, block.text);
    case "list":
      return block.items.map((item) => `- ${textMarkdown(analysis, item)}`).join("\n");
    case "separator":
      return "---";
  }
}

function textMarkdown(analysis: Analysis, text: Text): string {
  return text.map((span) => spanMarkdown(analysis, span)).join("");
}

function spanMarkdown(analysis: Analysis, span: Span): string {
  if (typeof span === "string") {
    return span;
  }
  switch (span.kind) {
    case "code":
      return codeSpan(span.text);
    case "strong":
      return `**${span.text}**`;
    case "place":
      return `[${span.text}](${linkTo(analysis, span.place)})`;
    case "link":
      return `[${span.text}](${span.url})`;
  }
}

/** The fence is longer than any run of back quotes inside; a code span holds no line end. */
function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? fence + line + fence : `${fence} ${line} ${fence}`;
}

function linkTo(analysis: Analysis, { path, range }: Place): string {
  const lines = analysis.linesOf(path);
  return lines === undefined
    ? uriOfPath(path)
    : `${uriOfPath(path)}#L${positionAt(lines, range.start).line + 1}`;
}
