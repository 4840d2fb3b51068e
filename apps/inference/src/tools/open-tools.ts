import { readFile } from "node:fs/promises";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { ToolSet } from "../contracts/tool";
import { calculate, warmUpCalculator } from "./calculator/calculate";
import { readMcpConfig } from "./mcp/mcp-config";
import { McpServer, type ToolLog } from "./mcp/mcp-server";
import { HostList } from "./pages/host-list";
import { readPage } from "./pages/read-page";
import { getTime } from "./time/get-time";
import { timerTools } from "./timers/timer-tools";
import { searchTranscript } from "./transcript/search-transcript";

export type ToolSettings = {
  /** Names of the sets that rooms may use; undefined for all. */
  chosen: readonly string[] | undefined;
  /** IANA name of the time zone here. */
  timeZone: string;
  /** Hosts whose pages may be read; none without. */
  pageHosts: readonly string[];
  arePrivatePagesAllowed: boolean;
  /** Path of the configuration of MCP servers; undefined for none. */
  mcpFile: string | undefined;
  /** Variables that the configuration may name. */
  environment: Readonly<Record<string, string | undefined>>;
};

export type OpenTools = {
  sets: readonly ToolSet[];
  /** Ends connections and programs. Idempotent. */
  close(): Promise<void>;
};

/** Name in `TOOLS` for no tools at all. */
const none = "none";

/**
 * The tools that rooms are offered.
 *
 * @throws AppError `invalid-request` for a name or a configuration that cannot be used
 */
export async function openTools(
  settings: ToolSettings,
  services: { clock: Clock; log: ToolLog },
): Promise<OpenTools> {
  const { chosen, mcpFile, environment } = settings;
  const configs = mcpFile === undefined ? [] : readMcpConfig(await textOf(mcpFile), environment);
  const builtin = builtinSets(settings);
  const names = [...builtin.map(({ name }) => name), ...configs.map(({ name }) => name), "pages"];
  const clash = configs.find(({ name }) => builtin.some((set) => set.name === name));
  if (clash !== undefined) throw invalid(`MCP_SERVERS: ${clash.name} is a set of Parley's own.`);
  for (const name of chosen ?? []) {
    if (name !== none && !names.includes(name)) {
      throw invalid(`TOOLS: there is no ${name}; there are ${[...new Set(names)].join(", ")}.`);
    }
  }
  const isChosen = ({ name }: { name: string }) => chosen?.includes(name) ?? true;
  const servers = configs
    .filter((config) => isChosen(config) && !config.disabled)
    .map((config) => new McpServer(config, services));
  return {
    sets: [...builtin.filter(isChosen), ...servers],
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

function builtinSets({ timeZone, pageHosts, arePrivatePagesAllowed }: ToolSettings): ToolSet[] {
  const time = [getTime(timeZone)];
  const timers = timerTools(timeZone);
  const calculator = [calculate()];
  const transcript = [searchTranscript(timeZone)];
  const rules = {
    hosts: new HostList(pageHosts),
    arePrivateAddressesAllowed: arePrivatePagesAllowed,
  };
  const pages = [readPage(rules, pageHosts)];
  return [
    { name: "time", title: "Time and date", tools: () => time },
    { name: "timers", title: "Timers and reminders", tools: () => timers },
    {
      name: "calculator",
      title: "Calculator",
      tools: () => {
        warmUpCalculator();
        return calculator;
      },
    },
    { name: "transcript", title: "Search in the transcript", tools: () => transcript },
    ...(pageHosts.length === 0 ? [] : [{ name: "pages", title: "Web pages", tools: () => pages }]),
  ];
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new AppError("invalid-request", `MCP_SERVERS: ${path} cannot be read.`, { cause: error });
  }
}

function invalid(message: string): AppError {
  return new AppError("invalid-request", message);
}
