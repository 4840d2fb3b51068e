import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { tools } from "@parley/settings/declarations/tools";
import { afterEach, expect, it } from "vitest";
import { openTools, type OpenTools, type ToolSettings } from "./open-tools";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(change: Partial<ToolSettings> = {}): Promise<OpenTools> {
  const opened = await openTools(
    {
      chosen: undefined,
      timeZone: "UTC",
      pageHosts: [],
      arePrivatePagesAllowed: false,
      mcpFile: undefined,
      environment: {},
      ...change,
    },
    { clock: new FakeClock(), log: { info: () => undefined, warn: () => undefined } },
  );
  closing.push(() => opened.close());
  return opened;
}

/** A file of servers that cannot be reached. @returns its path */
async function serversFile(servers: object): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "parley-servers-"));
  closing.push(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "servers.json");
  await writeFile(file, JSON.stringify({ mcpServers: servers }));
  return file;
}

const names = ({ sets }: OpenTools) => sets.map(({ name }) => name);
const away = { url: "http://127.0.0.1:1/mcp" };

it("offers all that there are, and pages only where hosts are named", async () => {
  expect(names(await open())).toEqual(["time", "timers", "calculator", "transcript"]);
  expect(names(await open({ pageHosts: ["example.org"] }))).toContain("pages");
});

it("offers no set of its own that the setting does not name", async () => {
  for (const name of names(await open({ pageHosts: ["example.org"] }))) {
    expect(tools.TOOLS.meaning).toContain(`\`${name}\``);
  }
});

it("offers what the operator chose", async () => {
  const mcpFile = await serversFile({ maps: away, files: away, off: { ...away, disabled: true } });
  const all = ["time", "timers", "calculator", "transcript", "maps", "files"];
  expect(names(await open({ mcpFile }))).toEqual(all);
  expect(names(await open({ mcpFile, chosen: ["maps", "time"] }))).toEqual(["time", "maps"]);
  expect(names(await open({ mcpFile, chosen: ["none"] }))).toEqual([]);
});

it("refuses what cannot be used, before anything starts", async () => {
  await expect(open({ chosen: ["tiem"] })).rejects.toThrow(
    /TOOLS: there is no tiem; there are time/u,
  );
  await expect(open({ mcpFile: "/nowhere.json" })).rejects.toThrow(/nowhere\.json cannot be read/u);
  const clash = await serversFile({ time: away });
  await expect(open({ mcpFile: clash })).rejects.toThrow(/time is a set of Parley's own/u);
});

it("has names that chat servers take", async () => {
  const { sets } = await open({ pageHosts: ["example.org"] });
  const tools = sets.flatMap((set) => set.tools());
  for (const { name } of tools) expect(name).toMatch(/^[\w-]{1,64}$/u);
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
});
