// What the benchmark prints: lines and tables.
import type { Times } from "./measure.ts";

export function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Columns as wide as their widest cell; the first on the left, numbers on the right. */
export function sayTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ");
  say("", title, ...[head, ...rows].map((cells) => `  ${line(cells)}`.trimEnd()));
}

/** A contestant's name, its median and range, and how many times the yardstick's median that is. */
export function timeCells(times: Times, yardstick: Times | undefined): readonly string[] {
  const { name, median, fastest, slowest } = times;
  const ratio = yardstick === undefined ? "" : ratioCell(median, yardstick.median);
  return [name, `${median.toFixed(0)} ms`, `${fastest.toFixed(0)}–${slowest.toFixed(0)}`, ratio];
}

export function ratioCell(value: number, base: number): string {
  return (value / base).toFixed(2);
}

/** Megabytes, or a question mark where the system cannot be asked. */
export function memoryCell(megabytes: number | undefined): string {
  return megabytes === undefined ? "?" : `${Math.round(megabytes)} MB`;
}
