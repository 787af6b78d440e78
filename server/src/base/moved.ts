/** A copy of plain data with every range in it moved by some code units; what holds no range is not copied. */
export function moved<Data>(data: Data, by: number): Data {
  return by === 0 ? data : (movedValue(data, by) as Data);
}

function movedValue(value: unknown, by: number): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return movedItems(value, by);
  }
  if (value instanceof Map) {
    const entries = [...value];
    const now = movedItems(entries, by);
    return now === entries ? value : new Map(now as typeof entries);
  }
  return value instanceof Set ? value : movedObject(value as Readonly<Record<string, unknown>>, by);
}

function movedItems(items: readonly unknown[], by: number): readonly unknown[] {
  const now = items.map((item) => movedValue(item, by));
  return now.some((item, at) => item !== items[at]) ? now : items;
}

function movedObject(value: Readonly<Record<string, unknown>>, by: number): unknown {
  const { start, end } = value;
  if (typeof start === "number" && typeof end === "number") {
    return { ...value, start: start + by, end: end + by };
  }
  let now: Record<string, unknown> | undefined;
  for (const key in value) {
    const before = value[key];
    const after = movedValue(before, by);
    if (after !== before) {
      now ??= { ...value };
      now[key] = after;
    }
  }
  return now ?? value;
}
