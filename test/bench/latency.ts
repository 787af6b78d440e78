// How long does it take from a keystroke to what it means? Both servers get the same keystrokes by the same client.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Position } from "vscode-languageserver-textdocument";
import { groupBy } from "../../server/src/base/order.ts";
import type { Client } from "../lsp/client.ts";
import { uriOf } from "../lsp/client.ts";
import type { Bench } from "./bench.ts";
import type { Keystroke, Place, Typing } from "./keystrokes.ts";
import { typingIn } from "./keystrokes.ts";
import { CINDER_LOCKS, PYRIGHT } from "./language-servers.ts";
import { percentile } from "./measure.ts";
import { ratioCell, say, sayTable } from "./report.ts";

/** The largest driver of Cinder. */
export const LARGE_DRIVER = "cinder/volume/drivers/dell_emc/powermax/common.py";

/** How long one answer took after its keystroke, in milliseconds. */
interface Sample {
  readonly server: string;
  readonly place: Place;
  readonly time: number;
}

export async function compareLatency({ tree }: Bench): Promise<void> {
  const text = readFileSync(join(tree.root, LARGE_DRIVER), "utf8");
  const typing = typingIn(text);
  const typists: Typist[] = [];
  try {
    for (const server of [CINDER_LOCKS, PYRIGHT]) {
      const client = await server.start(tree.root);
      typists.push(new Typist(server.name, client, uriOf(tree.root, LARGE_DRIVER), text));
    }
    await sayLatency(typists, typing);
  } finally {
    await Promise.all(typists.map(({ client }) => client.stop()));
  }
}

async function sayLatency(typists: readonly Typist[], typing: Typing): Promise<void> {
  const count = typing.keystrokes.length;
  say("", `Latency over standard input and output: ${count} keystrokes in ${LARGE_DRIVER}`);
  for (const typist of typists) {
    const time = await timed(() => typist.open());
    say(
      `  ${typist.name}: ${time.toFixed(0)} ms from opening the file to its first diagnostics, both pulled`,
    );
  }
  const diagnostics = await typeAll(typists, typing, (typist) => typist.pull());
  sayPercentiles("Keystroke to pulled diagnostics", diagnostics);
  const hovers = await typeAll(typists, typing, (typist) => typist.hover(typing.hovered));
  sayPercentiles("Hover right after a keystroke", hovers);
}

/**
 * What is typed at a place goes to one server after the other, twice: the second time counts, as somebody types who has
 * been typing. Where answers are pulled, both work only when asked.
 */
async function typeAll(
  typists: readonly Typist[],
  { keystrokes }: Typing,
  ask: (typist: Typist) => Promise<void>,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const [place, typed] of groupBy(keystrokes, (keystroke) => keystroke.place)) {
    for (const typist of typists) {
      const times: number[] = [];
      for (const keystroke of [...typed, ...typed]) {
        times.push(
          await timed(async () => {
            await typist.type(keystroke);
            await ask(typist);
          }),
        );
      }
      samples.push(...times.slice(typed.length).map((time) => ({ server: typist.name, place, time })));
    }
  }
  return samples;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One server with a document. It does nothing but ask, so that nothing else is timed. */
class Typist {
  readonly name: string;
  readonly client: Client;
  readonly #uri: string;
  readonly #text: string;
  #resultId: string | undefined;

  constructor(name: string, client: Client, uri: string, text: string) {
    this.name = name;
    this.client = client;
    this.#uri = uri;
    this.#text = text;
  }

  async open(): Promise<void> {
    await this.client.open(this.#uri, this.#text);
    await this.pull();
  }

  async type({ range, inserted }: Keystroke): Promise<void> {
    await this.client.change(this.#uri, inserted, range);
  }

  /** As editors do, with the id of the answer before: who finds nothing new need not say it again. */
  async pull(): Promise<void> {
    const report = await this.client.pull(this.#uri, this.#resultId);
    this.#resultId = report.resultId;
  }

  /** @throws Error if nothing is known there: it would be no answer to compare */
  async hover(position: Position): Promise<void> {
    const answer = await this.client.hover(this.#uri, position);
    if (answer === undefined) {
      throw new Error(`${this.name} knows nothing to hover over`);
    }
  }
}

// Tables -----------------------------------------------------------------------------------------------------------

const PERCENTS = [50, 95, 99, 100];

/** A row for each place and server, and how many times as long as ours the other's answers take. */
function sayPercentiles(title: string, samples: readonly Sample[]): void {
  const places: readonly (Place | undefined)[] = [undefined, ...new Set(samples.map(({ place }) => place))];
  const rows = places.flatMap((place) => {
    const here = samples.filter((sample) => place === undefined || sample.place === place);
    const ours = percentilesOf(here, CINDER_LOCKS.name);
    const theirs = percentilesOf(here, PYRIGHT.name);
    return [
      [`${place ?? "everywhere"}: ${CINDER_LOCKS.name}`, ...ours.map(milliseconds)],
      [PYRIGHT.name, ...theirs.map(milliseconds)],
      [`${PYRIGHT.name} / ${CINDER_LOCKS.name}`, ...theirs.map((time, at) => ratioCell(time, ours[at] ?? 0))],
    ];
  });
  sayTable(title, ["", "p50", "p95", "p99", "max"], rows);
}

function percentilesOf(samples: readonly Sample[], server: string): readonly number[] {
  const times = samples.filter((sample) => sample.server === server).map(({ time }) => time);
  return PERCENTS.map((percent) => percentile(times, percent));
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}
