import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Tool } from "../../contracts/tool";
import { ToolRoomScript } from "../../testing/tool-room";
import { readMcpConfig } from "./mcp-config";
import { McpServer } from "./mcp-server";

/** The server that comes with the protocol's reference implementation, to try clients with. */
const require = createRequire(import.meta.url);
const everything = path.join(
  path.dirname(require.resolve("@modelcontextprotocol/server-everything/package.json")),
  "dist/index.js",
);

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function connect(server: object, logged: string[] = []): McpServer {
  const [config] = readMcpConfig(JSON.stringify({ mcpServers: { every: server } }), {});
  const note = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log = { info: note, warn: note };
  const connected = new McpServer(config!, { clock: systemClock, log });
  closing.push(() => connected.close());
  return connected;
}

async function toolOf(server: McpServer, name: string): Promise<Tool> {
  return await vi.waitUntil(() => server.tools().find((tool) => tool.name === name), {
    timeout: 60_000,
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The server by streamable HTTP. @returns its process, once it listens */
async function serveHttp(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [everything, "streamableHttp"], {
    env: { ...process.env, PORT: String(port) },
    stdio: "ignore",
  });
  closing.push(() => {
    child.kill("SIGKILL");
  });
  await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/mcp`, { method: "HEAD" }), {
    timeout: 60_000,
  });
  return child;
}

async function urlOfServer(): Promise<string> {
  const port = await freePort();
  await serveHttp(port);
  return `http://127.0.0.1:${port}/mcp`;
}

const stdio = { command: process.execPath, args: [everything, "stdio"] };

describe.each([
  ["stdio", () => Promise.resolve<object>(stdio)],
  ["streamable HTTP", async () => ({ url: await urlOfServer() })],
])("a server of MCP by %s", (_way, configure) => {
  it("lists its tools and answers calls", async () => {
    const server = connect(await configure());
    const echo = await toolOf(server, "every_echo");
    expect(echo.title).toMatch(/^every: /u);
    expect(echo.parameters).toMatchObject({ type: "object", required: ["message"] });
    const script = new ToolRoomScript();
    expect(await script.call(echo, { message: "hello" })).toBe("Echo: hello");
    const sum = await toolOf(server, "every_get-sum");
    expect(await script.call(sum, { a: 2, b: 3 })).toContain("5");
  });

  it("says what it makes of wrong arguments, and names what is no text", async () => {
    const server = connect(await configure());
    const script = new ToolRoomScript();
    const sum = await toolOf(server, "every_get-sum");
    expect(await script.call(sum, { a: "two" })).toMatch(/^failed: .*(?:Invalid|invalid)/su);
    const image = await toolOf(server, "every_get-tiny-image");
    expect(await script.call(image, {})).toContain("(an image, which cannot be shown here)");
  });

  it("is told when a call is not wanted any more", async () => {
    const server = connect(await configure());
    const slow = await toolOf(server, "every_trigger-long-running-operation");
    const controller = new AbortController();
    const { room } = new ToolRoomScript();
    const run = slow.run({ duration: 600, steps: 2 }, { signal: controller.signal, room });
    controller.abort();
    await expect(run).rejects.toThrow();
    const echo = await toolOf(server, "every_echo");
    expect(await new ToolRoomScript().call(echo, { message: "still" })).toBe("Echo: still");
  });
});

describe("a server of MCP", () => {
  it("offers what the operator chose", async () => {
    const server = connect({ ...stdio, tools: ["echo"], title: "Everything" });
    const echo = await toolOf(server, "every_echo");
    expect(echo.title).toMatch(/^Everything: /u);
    expect(server.tools()).toHaveLength(1);
  });

  it("acts, unless it or the operator says that it only reads", async () => {
    const acting = "toggle-simulated-logging";
    const said = connect(stdio);
    expect(await toolOf(said, "every_echo")).toMatchObject({ effect: "reads" });
    expect(await toolOf(said, `every_${acting}`)).toMatchObject({ effect: "acts" });
    const told = connect({ ...stdio, reads: [acting] });
    expect(await toolOf(told, `every_${acting}`)).toMatchObject({ effect: "reads" });
  });

  it("gets none of our variables but those that are named", async () => {
    vi.stubEnv("INFERENCE_KEY", "very-secret");
    const server = connect({ ...stdio, env: { NAMED: "yes" } });
    const env = await toolOf(server, "every_get-env");
    const text = await new ToolRoomScript().call(env, {});
    vi.unstubAllEnvs();
    expect(text).toContain('"NAMED": "yes"');
    expect(text).not.toContain("very-secret");
  });

  it("that cannot be started has no tools, and is tried again", async () => {
    const logged: string[] = [];
    const server = connect({ command: "/nowhere/at-all" }, logged);
    await vi.waitFor(() => {
      expect(logged.join()).toMatch(/a server of tools is away/u);
    }, 60_000);
    expect(server.tools()).toEqual([]);
  });

  it("whose program dies has its tools again once it is started anew", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "parley-mcp-"));
    closing.push(() => rm(folder, { recursive: true }));
    const script = `echo $$ > "${folder}/pid"; exec "${process.execPath}" "${everything}" stdio`;
    const logged: string[] = [];
    const server = connect({ command: "sh", args: ["-c", script] }, logged);
    await toolOf(server, "every_echo");
    process.kill(Number(await readFile(path.join(folder, "pid"), "utf8")), "SIGKILL");
    await vi.waitFor(() => {
      expect(logged.join()).toMatch(/the connection was lost/u);
    }, 60_000);
    const echo = await toolOf(server, "every_echo");
    expect(await new ToolRoomScript().call(echo, { message: "again" })).toBe("Echo: again");
  });

  it("whose address falls silent has its tools again once it answers", async () => {
    const port = await freePort();
    const child = await serveHttp(port);
    const server = connect({ url: `http://127.0.0.1:${port}/mcp` });
    const echo = await toolOf(server, "every_echo");
    child.kill("SIGKILL");
    await once(child, "exit");
    const script = new ToolRoomScript();
    expect(await script.call(echo, { message: "x" })).toMatch(/^failed: /u);
    expect(server.tools()).toEqual([]);
    expect(await script.call(echo, { message: "x" })).toBe(
      "failed: every is not connected at present.",
    );
    await serveHttp(port);
    const back = await toolOf(server, "every_echo");
    expect(await script.call(back, { message: "again" })).toBe("Echo: again");
  });
});

describe("the configuration", () => {
  const read = (servers: object, environment: Record<string, string> = {}) =>
    readMcpConfig(JSON.stringify({ mcpServers: servers }), environment);

  it("takes keys from the environment", () => {
    const headers = { authorization: "Bearer ${MAP_KEY}" };
    const url = "https://maps.example.org/mcp";
    expect(read({ maps: { url, headers } }, { MAP_KEY: "abc" })).toMatchObject([
      { name: "maps", url, headers: { authorization: "Bearer abc" } },
    ]);
    expect(() => read({ maps: { url, headers } })).toThrow(/wants MAP_KEY, which is not set/u);
  });

  it.each([
    [{ "bad name!": stdio }],
    [{ a: {} }],
    [{ a: { url: "file:///etc/passwd" } }],
    [{ a: { command: "" } }],
    [{ a: { command: "x", timeoutMs: 1 } }],
  ])("%j is refused", (servers) => {
    expect(() => read(servers)).toThrow(/MCP_SERVERS cannot be used/u);
  });

  it("has to be JSON", () => {
    expect(() => readMcpConfig("{", {})).toThrow(/not JSON/u);
  });
});
