import {
  getDefaultEnvironment,
  StdioClientTransport,
} from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { McpServerConfig } from "./mcp-config";

/**
 * Way to a server: a program of its own, which gets none of our variables but harmless ones such as
 * PATH, or an address.
 */
export function openMcpTransport(config: McpServerConfig): Transport {
  if ("url" in config) {
    const { url, headers } = config;
    return new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  }
  const { command, args, env, cwd } = config;
  return new StdioClientTransport({
    command,
    args,
    stderr: "ignore",
    env: { ...getDefaultEnvironment(), ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
}
