/** Everything that exists only while the extension is awake: log, server, status item, commands. */
import { commands, Disposable, type ExtensionContext, type LogOutputChannel, type Uri, window } from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { type ServerStatus, statusNotification } from "../../server/src/protocol/extensions.ts";
import { registerCommands } from "./commands/registry.ts";
import { createDeploymentItem, type KnownDeployment, knownDeployments } from "./deployment.ts";
import { createLanguageClient } from "./language-client.ts";
import { provideRulePages } from "./rule-pages.ts";
import { createStatusItem, type ShownStatus } from "./status.ts";

export class Session {
  readonly #log: LogOutputChannel;
  readonly #client: LanguageClient;
  readonly #parts: Disposable;
  /** What the user can choose as the deployment. */
  readonly deployments: readonly KnownDeployment[];

  constructor(context: ExtensionContext, found: Uri, report: (status: ShownStatus) => void) {
    this.#log = window.createOutputChannel("Cinder Locks", { log: true });
    this.#log.info(`Awake because of ${found.toString(true)}`);
    const client = createLanguageClient(context, this.#log);
    this.#client = client;
    this.deployments = knownDeployments(context);
    const item = createStatusItem();
    const show = (status: ShownStatus) => {
      item.show(status);
      report(status);
    };
    client.onNotification(statusNotification, (status: ServerStatus) => show(status));
    const stateListener = client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) show({ state: "starting" });
      if (newState === State.Stopped) show({ state: "stopped" });
    });
    this.#parts = Disposable.from(
      registerCommands(this),
      provideRulePages(client),
      stateListener,
      item,
      createDeploymentItem(),
      this.#log,
    );
    void commands.executeCommand("setContext", "cinderLocks.awake", true);
  }

  /** Never rejects: the client has told the user why, and the status item offers to try again. */
  async start(): Promise<void> {
    await this.#client.start().catch((error: unknown) => this.#log.error(String(error)));
  }

  /** A server that runs is replaced, one that is gone is started. */
  async restart(): Promise<void> {
    if (this.#client.isRunning()) await this.#client.restart();
    else await this.start();
  }

  showLog(): void {
    this.#log.show();
  }

  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
    this.#parts.dispose();
  }
}
