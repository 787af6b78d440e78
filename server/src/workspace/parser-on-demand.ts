import { never } from "../base/never.ts";
import type { ParserEngine, ResumingEngine } from "../syntax/engine.ts";
import { type LoadedEngine, loadEngine } from "./load-engine.ts";

/** Which parser, and where its files lie; a thread can be told. */
export interface ParserChoice {
  readonly folder: string;
  /** `native`, or anything else for WebAssembly. */
  readonly wanted: string | undefined;
}

/**
 * A parser that is loaded when a file turns out to need it: often none does, and loading takes as long as all else.
 * It is to be loaded before it is used.
 */
export class ParserOnDemand implements ParserEngine {
  readonly choice: ParserChoice;
  #loading: Promise<LoadedEngine> | undefined;
  #engine: ParserEngine | undefined;

  constructor(choice: ParserChoice) {
    this.choice = choice;
  }

  get kind(): ParserEngine["kind"] {
    return this.#engine?.kind ?? "wasm";
  }

  /** @throws if not even WebAssembly can be loaded: the installation is broken */
  async load(): Promise<LoadedEngine> {
    this.#loading ??= loadEngine(this.choice.folder, this.choice.wanted);
    const loaded = await this.#loading;
    this.#engine = loaded.engine;
    return loaded;
  }

  withTree: ParserEngine["withTree"] = (...given) => this.#loaded().withTree(...given);

  resuming(): ResumingEngine {
    return this.#loaded().resuming();
  }

  #loaded(): ParserEngine {
    return this.#engine ?? never("the parser is not loaded");
  }
}
