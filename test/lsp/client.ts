/**
 * A small language client: the built server as a process, spoken to over its standard input and output, as any editor
 * does. What the server says by itself is kept, and waited for by name, never by time.
 */
import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { TestContext } from "node:test";
import type {
  CancellationToken,
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  FileChangeType,
  InitializeResult,
  Location,
  LocationLink,
  MessageConnection,
  Position,
  PreviousResultId,
  Range,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import {
  CodeActionRequest,
  createMessageConnection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentHighlightRequest,
  ErrorCodes,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  MarkupContent,
  ReferencesRequest,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkspaceDiagnosticRequest,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import type { ServerStatus } from "../../server/src/protocol/extensions.ts";
import { statusNotification } from "../../server/src/protocol/extensions.ts";

/** After how many milliseconds a message that a test waits for is taken to be missing. */
const PATIENCE = 20_000;

/** A client that can all that the server has a use for. */
export const ABLE: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
  textDocument: { definition: { linkSupport: true } },
};

export interface ClientOptions {
  /** Starts the server; without it the one that is built here. */
  readonly start?: () => ChildProcessWithoutNullStreams;
  readonly capabilities?: ClientCapabilities;
  /** What the client answers when it is asked for the settings. */
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  /** The only folder, as clients told it before there could be several. */
  readonly rootUri?: string;
  /** What the client does when a progress bar is created. */
  readonly onProgressCreated?: (client: Client, token: string | number) => void;
  /** The client does not know how to create a progress bar, whatever it said. */
  readonly refusesProgress?: boolean;
  /** The folder of the server's cache; none is kept unless a test says so. */
  readonly cache?: string;
}

/** What the server asks to be told of. */
export interface Registration {
  readonly method: string;
  readonly registerOptions: unknown;
}

/** Something the server said by itself. */
interface Message {
  readonly method: string;
  readonly params: unknown;
}

interface Waiting {
  readonly accepts: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a server for the folders. When the test ends it is shut down, which it must do well: with exit code 0, and
 * without a word on standard error, where only a fault could speak.
 */
export async function connect(
  t: TestContext,
  folders: readonly string[],
  options: ClientOptions = {},
): Promise<Client> {
  const client = new Client(folders, options);
  t.after(() => client.stop());
  await client.begin();
  return client;
}

/** The same, and waits until all is indexed. */
export async function connectReady(
  t: TestContext,
  folders: readonly string[],
  options: ClientOptions = {},
): Promise<Client> {
  const client = await connect(t, folders, options);
  await client.ready();
  return client;
}

export class Client {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: MessageConnection;
  readonly exited: Promise<number | null>;
  settings: unknown;
  readonly #folders: readonly string[];
  readonly #options: ClientOptions;
  readonly #unseen: Message[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #versions = new Map<string, number>();
  #initialized: InitializeResult | undefined;
  #errorOutput = "";
  #isOver = false;

  constructor(folders: readonly string[], options: ClientOptions) {
    this.#folders = folders;
    this.#options = options;
    this.settings = options.settings;
    this.process = options.start?.() ?? startServer(options.cache ?? "off");
    this.process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#errorOutput += text;
    });
    this.process.stdin.on("error", () => {
      // The server is gone before it has read all; what the test waits for tells more.
    });
    this.exited = once(this.process, "close").then(([code]) => {
      this.#isOver = true;
      this.#failWaiting(`the server has ended with ${String(code)}`);
      return code as number | null;
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification((method, params) => this.#arrive({ method, params }));
    this.connection.onUnhandledProgress(({ value }) => this.#arrive({ method: "$/progress", params: value }));
    this.connection.onRequest((method, params) => this.#answer(method, params));
    this.connection.listen();
  }

  get initialized(): InitializeResult {
    assert.ok(this.#initialized, "the server is not initialized");
    return this.#initialized;
  }

  /** The capabilities of this client, with which it was begun. */
  get #capabilities(): ClientCapabilities {
    return this.#options.capabilities ?? ABLE;
  }

  async begin(): Promise<void> {
    const folders = this.#folders.map((folder) => ({ uri: uriOf(folder), name: folder }));
    this.#initialized = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: this.#options.rootUri ?? folders[0]?.uri ?? null,
      workspaceFolders: this.#options.rootUri === undefined && 0 < folders.length ? folders : null,
      capabilities: this.#capabilities,
      initializationOptions: this.#options.initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  /** Resolves with the first message of that name that no one has taken yet. */
  async next<Params = unknown>(
    method: string,
    accepts: (params: Params) => boolean = () => true,
  ): Promise<Params> {
    const isWanted = (message: Message): boolean =>
      message.method === method && accepts(message.params as Params);
    const at = this.#unseen.findIndex(isWanted);
    if (at !== -1) {
      return this.#unseen.splice(at, 1)[0]?.params as Params;
    }
    if (this.#isOver) {
      throw new Error(`there comes no ${method} any more\n${this.#errorOutput}`);
    }
    let limit: NodeJS.Timeout | undefined;
    const message = await new Promise<Message>((resolve, reject) => {
      this.#waiting.add({ accepts: isWanted, resolve, reject });
      limit = setTimeout(() => {
        reject(new Error(`no such ${method} came, but ${JSON.stringify(this.#unseen, undefined, 2)}`));
      }, PATIENCE);
    });
    clearTimeout(limit);
    return message.params as Params;
  }

  /** All messages of that name that no one has taken yet. */
  taken<Params = unknown>(method: string): readonly Params[] {
    return this.#unseen.filter((message) => message.method === method).map(({ params }) => params as Params);
  }

  /** Waits for the end of an indexing. */
  async ready(): Promise<ServerStatus> {
    return this.next<ServerStatus>(statusNotification, ({ state }) => state !== "indexing");
  }

  /** What the server asks to be told of in its first such request. */
  async registrations(): Promise<readonly Registration[]> {
    const params = await this.next<{ readonly registrations: readonly Registration[] }>(
      "client/registerCapability",
    );
    return params.registrations;
  }

  /** Makes sure that the server has handled all notifications so far: it answers in order. */
  async settled(): Promise<void> {
    await this.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "" });
  }

  async open(uri: string, text: string): Promise<void> {
    this.#versions.set(uri, 1);
    const textDocument = {
      uri,
      languageId: uri.endsWith(".rst") ? "restructuredtext" : "python",
      version: 1,
      text,
    };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Replaces a range, or without one the whole text. */
  async change(uri: string, text: string, range?: Range): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [range === undefined ? { text } : { range, text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  async watched(...changes: readonly (readonly [uri: string, type: FileChangeType])[]): Promise<void> {
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: changes.map(([uri, type]) => ({ uri, type })),
    });
  }

  /** The hover's Markdown, or `undefined` where there is none. */
  async hover(uri: string, position: Position, token?: CancellationToken): Promise<string | undefined> {
    const params = { textDocument: { uri }, position };
    const hover = await this.connection.sendRequest(HoverRequest.type, params, token);
    if (hover === null) {
      return undefined;
    }
    assert.ok(MarkupContent.is(hover.contents) && hover.contents.kind === "markdown");
    return hover.contents.value;
  }

  async definition(uri: string, position: Position): Promise<readonly (Location | LocationLink)[]> {
    const params = { textDocument: { uri }, position };
    return [(await this.connection.sendRequest(DefinitionRequest.type, params)) ?? []].flat();
  }

  async references(uri: string, position: Position): Promise<readonly Location[]> {
    const params = { textDocument: { uri }, position, context: { includeDeclaration: true } };
    return (await this.connection.sendRequest(ReferencesRequest.type, params)) ?? [];
  }

  async highlights(uri: string, position: Position): Promise<readonly Range[]> {
    const params = { textDocument: { uri }, position };
    const found = await this.connection.sendRequest(DocumentHighlightRequest.type, params);
    return (found ?? []).map(({ range }) => range);
  }

  async symbols(query: string): Promise<readonly string[]> {
    const found = await this.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
    return (found ?? []).map(({ name, containerName }) => `${name} in ${containerName ?? "?"}`);
  }

  async fixes(uri: string, range: Range, only?: string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
    const params = { textDocument: { uri }, range, context };
    const actions = (await this.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
    return actions.filter((action): action is CodeAction => "kind" in action);
  }

  /** The findings of a document, asked for anew. */
  async findings(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    assert.ok(report.kind === "full");
    return report.items;
  }

  pull(uri: string, previousResultId?: string) {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async pullWorkspace(
    previousResultIds: PreviousResultId[] = [],
  ): Promise<readonly WorkspaceDocumentDiagnosticReport[]> {
    const report = await this.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
    return report.items;
  }

  /** Ends the server as the protocol wants it. Whoever ended it otherwise has awaited `exited`. */
  async stop(): Promise<void> {
    if (!this.#isOver) {
      await this.connection.sendRequest(ShutdownRequest.type);
      await this.connection.sendNotification(ExitNotification.type);
      assert.equal(await this.exited, 0);
    }
    this.connection.dispose();
    assert.equal(this.#errorOutput, "");
  }

  #arrive(message: Message): void {
    for (const waiting of this.#waiting) {
      if (waiting.accepts(message)) {
        this.#waiting.delete(waiting);
        waiting.resolve(message);
        return;
      }
    }
    this.#unseen.push(message);
  }

  #answer(method: string, params: unknown): unknown {
    this.#arrive({ method, params });
    const { workspace } = this.#capabilities;
    switch (method) {
      case "workspace/configuration":
        return (params as { readonly items: readonly unknown[] }).items.map(() => this.settings ?? null);
      case "workspace/diagnostic/refresh":
        return null;
      case "window/workDoneProgress/create":
        if (this.#options.refusesProgress === true) {
          return new ResponseError(ErrorCodes.InternalError, "no room for a progress bar");
        }
        // The answer is written first, as it is only a promise away.
        setImmediate(() =>
          this.#options.onProgressCreated?.(this, (params as { readonly token: string }).token),
        );
        return null;
      case "client/registerCapability":
        return workspace?.didChangeConfiguration?.dynamicRegistration === true ||
          workspace?.didChangeWatchedFiles?.dynamicRegistration === true
          ? null
          : new ResponseError(ErrorCodes.MethodNotFound, "nothing is registered here");
      default:
        return new ResponseError(ErrorCodes.MethodNotFound, `this client knows no ${method}`);
    }
  }

  #failWaiting(reason: string): void {
    for (const waiting of this.#waiting) {
      waiting.reject(new Error(`${reason}\n${this.#errorOutput}`));
    }
    this.#waiting.clear();
  }
}

export function uriOf(...path: readonly string[]): string {
  return URI.file(path.join("/")).toString();
}

/** The server that is built here, with its cache in the folder, or `off`. */
function startServer(cache: string): ChildProcessWithoutNullStreams {
  const env = { ...process.env, CINDER_LOCKS_CACHE: cache };
  return spawn(process.execPath, ["dist/cli.js", "lsp", "--stdio"], { env });
}
