import { systemClock } from "@parley/shared/async/clock";
import type { Environment } from "../environment";
import type { ToolLog } from "../tools/mcp/mcp-server";
import { openTools, type OpenTools } from "../tools/open-tools";
import { homeTimeZone } from "./open-chat-model";

/** The tools that the environment names. */
export function openToolSets(environment: Environment, log: ToolLog): Promise<OpenTools> {
  const { TOOLS, PAGE_HOSTS, PAGE_PRIVATE_ADDRESSES, MCP_SERVERS } = environment;
  return openTools(
    {
      chosen: TOOLS,
      timeZone: homeTimeZone(environment),
      pageHosts: PAGE_HOSTS ?? [],
      arePrivatePagesAllowed: PAGE_PRIVATE_ADDRESSES,
      mcpFile: MCP_SERVERS,
      environment: process.env,
    },
    { clock: systemClock, log },
  );
}
