import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { McpError, type Tool as ListedTool } from "@modelcontextprotocol/sdk/types.js";
import { isAbort } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import type { Tool } from "../../contracts/tool";
import { callResultText } from "./call-result-text";
import type { McpServerConfig } from "./mcp-config";

/** Limits on what a server may put into every prompt, in characters. */
const maxDescription = 1_000;
const maxSchema = 20_000;

/** Connection to a server. */
export type McpLink = {
  /** Null while there is none. */
  readonly client: Client | null;
  /** The server cannot be reached any more. */
  lost(client: Client): void;
};

/**
 * A tool of a server, as one of ours.
 *
 * @returns null for a tool that would fill the prompt
 */
export function mcpTool(listed: ListedTool, config: McpServerConfig, link: McpLink): Tool | null {
  const { name, title, description = "", inputSchema, annotations } = listed;
  if (JSON.stringify(inputSchema).length > maxSchema) return null;
  const reads = annotations?.readOnlyHint === true || config.reads.includes(name);
  return {
    name: callName(config.name, name),
    title: `${config.title ?? config.name}: ${title ?? annotations?.title ?? name}`.slice(0, 100),
    description: description.slice(0, maxDescription),
    parameters: inputSchema,
    effect: reads ? "reads" : "acts",
    timeoutMs: config.timeoutMs,
    run: async (input, { signal }) => {
      const { client } = link;
      if (client === null) {
        throw new AppError("agent-unavailable", `${config.name} is not connected at present.`);
      }
      const options = { signal, timeout: config.timeoutMs };
      const result = await client
        .callTool({ name, arguments: argumentsOf(input) }, undefined, options)
        .catch((error: unknown) => {
          if (isAbort(error, signal) || signal.aborted) throw error;
          // What the protocol reports comes from a server that is there.
          if (!(error instanceof McpError)) link.lost(client);
          const message = error instanceof Error ? error.message : String(error);
          throw new AppError("internal", message.slice(0, 1_000), { cause: error });
        });
      const { text, isError } = callResultText(result);
      if (isError) throw new AppError("internal", text);
      return text;
    },
  };
}

/** Chat servers take up to 64 letters, digits, `_` and `-`. */
function callName(server: string, tool: string): string {
  return `${server}_${tool}`.replaceAll(/[^\w-]/gu, "_").slice(0, 64);
}

function argumentsOf(input: unknown): Record<string, unknown> {
  return typeof input === "object" && input !== null ? { ...input } : {};
}
