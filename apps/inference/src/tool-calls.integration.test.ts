import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChatPart } from "./contracts/chat-model";
import type { Tool } from "./contracts/tool";
import { Conversation } from "./session/replying/conversation";
import { defaultSessionSettings } from "./session/settings";
import { ReplyTools } from "./session/tools/reply-tools";
import { ChatServer, chunk, done, end, streamed, textOf } from "./testing/chat-server";
import { HeldTool } from "./testing/held-tool";
import { ToolRoomScript } from "./testing/tool-room";
import { openTools, type OpenTools } from "./tools/open-tools";

const closing: (() => void)[] = [];
let open: OpenTools;
let port: number;

beforeEach(async () => {
  const pages = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<body><main>Sow peas in April.</main></body>");
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  closing.push(() => pages.close());
  port = (pages.address() as AddressInfo).port;
  open = await openTools(
    {
      chosen: undefined,
      timeZone: "Europe/Berlin",
      pageHosts: [`127.0.0.1:${port}`],
      arePrivatePagesAllowed: true,
      mcpFile: undefined,
      environment: {},
    },
    { clock: new FakeClock(), log: { info: () => undefined, warn: () => undefined } },
  );
});

afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await open.close();
});

const call = (id: string, name: string, text: string) =>
  chunk({ tool_calls: [{ index: 0, id, function: { name, arguments: text } }] });

/** One reply of a real chat server that makes these calls one after the other, then answers. */
async function reply(calls: readonly [name: string, text: string][], more: Tool[] = []) {
  let asked = 0;
  const server = await new ChatServer((...request) => {
    const next = calls[asked++];
    const answer =
      next === undefined
        ? streamed(chunk({ content: "All done." }), end)
        : streamed(call(`call-${asked}`, ...next), chunk({}, "tool_calls"), done);
    answer(...request);
  }).start();
  closing.push(() => {
    server.close();
  });
  const script = new ToolRoomScript();
  script.memory.add("a", { name: "Ada", text: "The trellis is in the shed.", atMs: 0 });
  const controller = new AbortController();
  const conversation = new Conversation({
    history: [],
    systemPrompt: () => "Be brief.",
    settings: defaultSessionSettings,
  });
  const states: string[] = [];
  const tools = new ReplyTools({
    replyId: newId<ReplyId>(),
    tools: [...open.sets.flatMap((set) => set.tools()), ...more],
    room: script.room,
    conversation,
    output: {
      notice: (notice) => {
        if (notice.type === "tool-use") states.push(notice.use.state);
      },
      replyAudio: () => undefined,
    },
    clock: script.clock,
    settings: defaultSessionSettings,
    signal: controller.signal,
    roomSignal: new AbortController().signal,
    onSlow: () => states.push("slow"),
    onLateResult: () => states.push("late"),
  });
  tools.release();
  const parts: ChatPart[] = [];
  const { signal } = controller;
  const messages = [{ role: "user" as const, content: "Go on." }];
  const answering = (async () => {
    for await (const part of server.model().reply({ messages, tools, signal })) parts.push(part);
  })();
  const results = () => {
    const last = server.requests.at(-1)!.messages as { role: string; content: string }[];
    return last.filter(({ role }) => role === "tool").map(({ content }) => content);
  };
  return { server, script, controller, states, parts, answering, results };
}

describe("a chat server", () => {
  it("uses the tools that ship with Parley", async () => {
    const { answering, results, parts, script } = await reply([
      ["get_time", '{"timeZone":"Asia/Tokyo"}'],
      ["calculate", '{"expression":"12 inch to cm"}'],
      ["set_timer", '{"minutes":5,"label":"the tea"}'],
      ["search_transcript", '{"query":"trellis"}'],
      ["read_page", `{"address":"http://127.0.0.1:${port}/"}`],
      ["list_timers", ""],
    ]);
    await answering;
    expect(textOf(parts)).toBe("All done.");
    expect(results()).toEqual([
      "Tuesday, 1 December 2026 at 00:03 (Asia/Tokyo, UTC+09:00)",
      "30.48 cm",
      expect.stringMatching(/^Set: timer 1 \(the tea\), due in 5 min/u) as unknown,
      "[01:00] Ada: The trellis is in the shed.",
      `http://127.0.0.1:${port}/\n\nSow peas in April.`,
      expect.stringMatching(/^timer 1 \(the tea\)/u) as unknown,
    ]);
    await script.clock.advance(300_000);
    expect(script.due).toHaveLength(1);
  });

  it("sets a reminder and takes it back", async () => {
    const { answering, results, script } = await reply([
      ["set_reminder", '{"at":"18:30","text":"the oven"}'],
      ["cancel_timer", '{"number":1}'],
    ]);
    await answering;
    expect(results()).toEqual([
      expect.stringMatching(/^Set: .*the oven/u) as unknown,
      expect.stringMatching(/the oven/u) as unknown,
    ]);
    await script.clock.advance(86_400_000);
    expect(script.due).toEqual([]);
  });

  it("has been tried with every tool that ships with Parley", () => {
    const tried = ["get_time", "calculate", "set_timer", "search_transcript", "read_page"];
    tried.push("list_timers", "set_reminder", "cancel_timer");
    const shipped = open.sets.flatMap((set) => set.tools()).map(({ name }) => name);
    expect(shipped.sort()).toEqual(tried.sort());
  });

  it("is told what is wrong with arguments, and with tools that there are not", async () => {
    const { answering, results } = await reply([
      ["calculate", '{"expression":'],
      ["calculate", '{"formula":"1+1"}'],
      ["fly", "{}"],
    ]);
    await answering;
    expect(results()).toEqual([
      expect.stringMatching(/^The arguments cannot be used\. .*JSON/su) as unknown,
      expect.stringMatching(/^The arguments cannot be used\. .*expression/su) as unknown,
      expect.stringMatching(/^There is no tool fly; there are get_time/u) as unknown,
    ]);
  });

  it("that makes the same call twice sets one timer", async () => {
    const timer: [string, string] = ["set_timer", '{"minutes":5}'];
    const { answering, results, script } = await reply([timer, timer]);
    await answering;
    expect(results()[1]).toMatch(/^Called before, with this result: Set: timer 1/u);
    expect(script.room.timers.list()).toHaveLength(1);
  });

  it("waits for a slow tool, of which people are told", async () => {
    const held = new HeldTool("reads");
    const { answering, states, script, parts } = await reply([["held", "{}"]], [held.tool]);
    while (held.inputs.length === 0) await script.clock.advance(0);
    await script.clock.advance(800);
    expect(states).toEqual(["running", "slow"]);
    held.answer("sixteen");
    await answering;
    expect(textOf(parts)).toBe("All done.");
    expect(states).toEqual(["running", "slow", "done"]);
  });

  it("is asked nothing more once the answer is cancelled, and what acts is finished", async () => {
    const held = new HeldTool("acts");
    const { answering, states, script, controller, server } = await reply(
      [["held", "{}"]],
      [held.tool],
    );
    while (held.inputs.length === 0) await script.clock.advance(0);
    controller.abort();
    await answering;
    expect(server.requests).toHaveLength(1);
    held.answer("ordered");
    await script.clock.advance(0);
    expect(states).toEqual(["running", "done", "late"]);
  });
});
