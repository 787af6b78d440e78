/** What leads from names to names. Made once, and asked often what is reached from other starts. */
export class NameGraph {
  readonly #ids = new Map<string, number>();
  /** By the id of where the edges begin: the ids of where they end. */
  readonly #ends: number[][] = [];

  constructor(edges: Iterable<readonly [from: string, to: string]>) {
    for (const [from, to] of edges) {
      this.#ends[this.#idOf(from)]?.push(this.#idOf(to));
    }
  }

  /** The starts, whether the graph has them or not, and all that some way leads to from them. */
  reachedFrom(starts: Iterable<string>): ReachedNames {
    const strangers = new Set<string>();
    const isReached = new Uint8Array(this.#ends.length);
    const open: number[] = [];
    const reach = (id: number): void => {
      if (isReached[id] === 0) {
        isReached[id] = 1;
        open.push(id);
      }
    };
    for (const start of starts) {
      const id = this.#ids.get(start);
      if (id === undefined) {
        strangers.add(start);
      } else {
        reach(id);
      }
    }
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      this.#ends[id]?.forEach(reach);
    }
    return {
      has: (name) => {
        const id = this.#ids.get(name);
        return id === undefined ? strangers.has(name) : isReached[id] === 1;
      },
    };
  }

  #idOf(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) {
      return known;
    }
    const id = this.#ends.push([]) - 1;
    this.#ids.set(name, id);
    return id;
  }
}

export type ReachedNames = Pick<ReadonlySet<string>, "has">;
