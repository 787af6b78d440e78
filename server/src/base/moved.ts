/**
 * A copy of plain data with every range in it, which holds nothing else, moved by some code units; what holds no range is
 * not copied.
 * @param from only what stands there or behind is moved; the end of a range around it, too
 */
export function moved<Data>(data: Data, by: number, from = 0): Data {
  return by === 0 ? data : movedTo(data, (offset) => offset + by, from);
}

/**
 * The same with every offset moved to a place of its own.
 * @param placeOf where an offset is moved to, in the same order
 */
export function movedTo<Data>(data: Data, placeOf: (offset: number) => number, from = 0): Data {
  return movedValue(data, { placeOf, from }) as Data;
}

interface Move {
  readonly placeOf: (offset: number) => number;
  readonly from: number;
}

function movedValue(value: unknown, move: Move): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return movedItems(value, move);
  }
  if (value instanceof Map) {
    const entries = [...value];
    const now = movedItems(entries, move);
    return now === entries ? value : new Map(now as typeof entries);
  }
  return value instanceof Set ? value : movedObject(value as Readonly<Record<string, unknown>>, move);
}

function movedItems(items: readonly unknown[], move: Move): readonly unknown[] {
  let now: unknown[] | undefined;
  for (let at = 0; at < items.length; at += 1) {
    const before = items[at];
    const after = movedValue(before, move);
    if (after !== before) {
      now ??= [...items];
      now[at] = after;
    }
  }
  return now ?? items;
}

function movedObject(value: Readonly<Record<string, unknown>>, move: Move): unknown {
  const { start, end } = value;
  if (typeof start === "number" && typeof end === "number") {
    return end < move.from ? value : { start: movedOffset(start, move), end: movedOffset(end, move) };
  }
  let now: Record<string, unknown> | undefined;
  for (const key in value) {
    const before = value[key];
    const after = movedValue(before, move);
    if (after !== before) {
      now ??= { ...value };
      now[key] = after;
    }
  }
  return now ?? value;
}

function movedOffset(offset: number, { placeOf, from }: Move): number {
  return offset < from ? offset : placeOf(offset);
}
