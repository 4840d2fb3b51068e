import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  ToolListChangedNotificationSchema,
  type Tool as ListedTool,
} from "@modelcontextprotocol/sdk/types.js";
import { backoffMs, type Backoff } from "@parley/shared/async/backoff";
import type { Clock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { Tool, ToolSet } from "../../contracts/tool";
import type { McpServerConfig } from "./mcp-config";
import { mcpTool, type McpLink } from "./mcp-tool";
import { openMcpTransport } from "./mcp-transport";

/** Log of tools. What is asked and answered never enters. */
export type ToolLog = {
  info: (details: object, message: string) => void;
  warn: (details: object, message: string) => void;
};

const retry: Backoff = { firstMs: 1_000, longestMs: 60_000 };
/** Limits on what one server offers. */
const maxTools = 64;
const maxPages = 20;
const connectMs = 30_000;

/** One server of MCP, connected for as long as it runs, and again when it comes back. */
export class McpServer implements ToolSet, McpLink {
  readonly name: string;
  readonly title: string;
  readonly #config: McpServerConfig;
  readonly #clock: Clock;
  readonly #log: ToolLog;
  readonly #controller = new AbortController();
  #client: Client | null = null;
  #tools: readonly Tool[] = [];
  #failures = 0;
  #cancelRetry: (() => void) | null = null;

  /** Connects at once; until then it has no tools. */
  constructor(config: McpServerConfig, services: { clock: Clock; log: ToolLog }) {
    this.name = config.name;
    this.title = config.title ?? config.name;
    this.#config = config;
    this.#clock = services.clock;
    this.#log = services.log;
    void this.#connect();
  }

  get client(): Client | null {
    return this.#client;
  }

  tools(): readonly Tool[] {
    return this.#client === null ? [] : this.#tools;
  }

  /** Closes the connection, and tries again. */
  lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    // One that is broken need not be able to say goodbye.
    client.close().catch(() => undefined);
    this.#retry(null);
  }

  /** Ends the connection, and the program if it is one of ours. Idempotent. */
  async close(): Promise<void> {
    this.#controller.abort();
    this.#cancelRetry?.();
    const client = this.#client;
    this.#client = null;
    await client?.close();
  }

  async #connect(): Promise<void> {
    const { signal } = this.#controller;
    const client = new Client({ name: "parley", version: "1" });
    try {
      await client.connect(openMcpTransport(this.#config), { signal, timeout: connectMs });
      client.onclose = () => {
        this.lost(client);
      };
      client.setNotificationHandler(ToolListChangedNotificationSchema, () => this.#list(client));
      await this.#list(client);
      signal.throwIfAborted();
      this.#client = client;
      this.#failures = 0;
      const { name } = this;
      this.#log.info({ server: name, tools: this.#tools.length }, "a server of tools is connected");
    } catch (error) {
      await client.close().catch(() => undefined);
      this.#retry(error);
    }
  }

  async #list(client: Client): Promise<void> {
    const { tools: wanted } = this.#config;
    const listed: ListedTool[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < maxPages; page++) {
      const { signal } = this.#controller;
      const answer = await client.listTools(cursor === undefined ? {} : { cursor }, { signal });
      listed.push(...answer.tools);
      cursor = answer.nextCursor;
      if (cursor === undefined) break;
    }
    const chosen = listed.filter(({ name }) => wanted?.includes(name) ?? true).slice(0, maxTools);
    const tools = chosen.map((tool) => mcpTool(tool, this.#config, this));
    this.#tools = tools.filter((tool) => tool !== null);
  }

  #retry(error: unknown): void {
    if (this.#controller.signal.aborted) return;
    const reason = error === null ? "the connection was lost" : errorMessage(error);
    this.#log.warn({ server: this.name, reason }, "a server of tools is away");
    this.#cancelRetry = this.#clock.schedule(backoffMs(retry, this.#failures++), () => {
      void this.#connect();
    });
  }
}
