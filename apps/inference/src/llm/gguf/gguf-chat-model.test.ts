import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import { errorMessage } from "@parley/shared/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { ChatMessage, ChatPart } from "../../contracts/chat-model";
import type { ToolBox, ToolCall } from "../../contracts/tool";
import { tinyGguf } from "../../testing/tiny-gguf";
import { GgufChatModel, type GgufSettings } from "./gguf-chat-model";
import type { LlamaChat, LlamaModule, LlamaSequence } from "./llama-api";
import { llamaPackages, llamaVersion, loadLlamaPackage } from "./llama-package";

const { signal } = new AbortController();
const loaded: LlamaModule | string = await loadLlamaPackage({
  cache: cacheDirectory(),
  device: "cpu",
  environment: process.env,
  onInstalling: () => undefined,
  signal: AbortSignal.timeout(240_000),
}).catch(errorMessage);
const isHere = typeof loaded !== "string";
const title = isHere ? "a GGUF model" : `a GGUF model (${loaded})`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-gguf-"));
  await writeFile(join(folder, "greeter.gguf"), tinyGguf(["▁Hello", "▁there", "."]));
  await writeFile(join(folder, "singer.gguf"), tinyGguf(["▁la"], { isEndless: true }));
  const caller = tinyGguf(["▁Noon", "."], { first: ["▁One", "▁moment!", "▁||call:"] });
  await writeFile(join(folder, "caller.gguf"), caller);
  const keen = tinyGguf(["▁Again", "▁||call:"]);
  await writeFile(join(folder, "keen.gguf"), keen);
  await writeFile(join(folder, "none.gguf"), "GGUF, or so it says, and more of it");
  await writeFile(join(folder, "torn.gguf"), tinyGguf(["▁la"]).subarray(0, 100_000));
  await writeFile(join(folder, "empty.gguf"), "");
});

afterAll(() => rm(folder, { recursive: true }));

/** @param evaluated gets the number of prompt tokens that were computed until each answer's end */
async function open(
  name: string,
  values: Partial<GgufSettings> = {},
  evaluated: number[] = [],
): Promise<GgufChatModel> {
  const settings: GgufSettings = {
    file: join(folder, `${name}.gguf`),
    device: "cpu",
    slots: 2,
    contextTokens: 1_024,
    threads: 1,
    log: { warn: () => undefined },
    ...values,
  };
  if (typeof loaded === "string") throw new Error(loaded);
  return await GgufChatModel.open(counted(loaded, evaluated), settings, signal);
}

function counted(module: LlamaModule, evaluated: number[]): LlamaModule {
  class CountedChat implements LlamaChat {
    readonly #chat: LlamaChat;
    readonly #sequence: LlamaSequence;

    constructor(options: { contextSequence: LlamaSequence }) {
      this.#chat = new module.LlamaChat(options);
      this.#sequence = options.contextSequence;
    }

    async generateResponse(...call: Parameters<LlamaChat["generateResponse"]>) {
      const result = await this.#chat.generateResponse(...call);
      evaluated.push(this.#sequence.tokenMeter.usedInputTokens);
      return result;
    }
  }
  return { getLlama: (options) => module.getLlama(options), LlamaChat: CountedChat };
}

const conversation: ChatMessage[] = [
  { role: "system", content: "Be brief." },
  { role: "user", name: "Ada", content: "Good morning." },
];

async function all(parts: AsyncIterable<ChatPart>): Promise<ChatPart[]> {
  const list: ChatPart[] = [];
  for await (const part of parts) list.push(part);
  return list;
}

const textOf = (parts: ChatPart[]) =>
  parts.map((part) => (part.type === "text-delta" ? part.text : "")).join("");

describe.skipIf(!isHere)(title, () => {
  test("answers by its own chat template, and ends where its turn does", async () => {
    const model = await open("greeter");
    expect(model.name).toBe("greeter");
    const parts = await all(model.reply({ messages: conversation, signal }));
    expect(textOf(parts)).toBe("Hello there.");
    expect(parts.at(-1)).toEqual({ type: "finish" });
    await model.close();
    await model.close();
  }, 60_000);

  test("stops within a token when nobody wants the answer any more", async () => {
    const model = await open("singer", { slots: 1 });
    const controller = new AbortController();
    let heard = "";
    const request = { messages: conversation, signal: controller.signal };
    for await (const part of model.reply(request)) {
      if (part.type === "text-delta") heard += part.text;
      if (heard.length > 10) controller.abort();
    }
    expect(heard).toMatch(/^la( la)+$/u);
    expect(heard.length).toBeLessThan(30);
    // The only place is free again.
    for await (const part of model.reply({ messages: conversation, signal })) {
      if (part.type === "text-delta") break;
    }
    await model.close();
  }, 60_000);

  test("answers two conversations at a time, and a third when one is over", async () => {
    const model = await open("greeter");
    const asked = ["one", "two", "three"].map((content) =>
      all(model.reply({ messages: [{ role: "user", content }], signal })),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(textOf)).toEqual(Array(3).fill("Hello there."));
    await model.close();
  }, 60_000);

  test("closes while it answers", async () => {
    const model = await open("singer");
    const answer = all(model.reply({ messages: conversation, signal }));
    await model.close();
    expect((await answer).filter(({ type }) => type === "finish")).toEqual([]);
  }, 60_000);

  test.each(["none", "torn", "empty"])(
    "a file that is none is refused with its name: %s",
    async (name) => {
      await expect(open(name)).rejects.toMatchObject({
        code: "model-mismatch",
        message: expect.stringContaining(`${name}.gguf`) as string,
      });
    },
  );

  test("keeps what it computed for a conversation until its next turn", async () => {
    const evaluated: number[] = [];
    const model = await open("greeter", { slots: 1 }, evaluated);
    const long = [{ role: "system", content: "Be brief. ".repeat(50) }, ...conversation.slice(1)];
    const first = textOf(await all(model.reply({ messages: long as ChatMessage[], signal })));
    const next = [
      ...long,
      { role: "assistant", content: first },
      { role: "user", name: "Ada", content: "And now?" },
    ];
    await all(model.reply({ messages: next as ChatMessage[], signal }));
    const [before = 0, after = 0] = evaluated;
    expect(after - before).toBeLessThan(before / 4);
    await model.close();
  }, 60_000);
});

/** A clock that only knows places at home, and what was asked of it. */
function clockTool(answer: (call: ToolCall) => string | null = () => "noon") {
  const calls: ToolCall[] = [];
  const parameters = z.object({
    place: z.enum(["home"]),
    seconds: z.literal(true).optional(),
  });
  const tools: ToolBox = {
    offers: [{ name: "get_time", description: "Tells the time.", parameters }],
    call: (call) => {
      calls.push(call);
      return Promise.resolve(answer(call));
    },
  };
  return { tools, calls };
}

describe.skipIf(!isHere)(`tools of ${title}`, () => {
  const wide = { contextTokens: 4_096 };

  test("are called in the form that the grammar holds it to, and their result answers", async () => {
    const model = await open("caller", wide);
    const { tools, calls } = clockTool();
    const parts = await all(model.reply({ messages: conversation, signal, tools }));
    expect(textOf(parts)).toBe("One moment!Noon.");
    expect(parts.map(({ type }) => type).filter((type) => type !== "text-delta")).toEqual([
      "tool-calls",
      "finish",
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ name: "get_time", input: { place: "home" }, problem: null });
    expect(Object.values(calls[0]?.input ?? {})).not.toContain(null);
    await model.close();
  }, 60_000);

  test("are called six times in one answer, and no more", async () => {
    const model = await open("keen", wide);
    const { tools, calls } = clockTool();
    const parts = await all(model.reply({ messages: conversation, signal, tools }));
    expect(calls).toHaveLength(6);
    expect(parts.at(-1)?.type).toBe("finish");
    await model.close();
  }, 60_000);

  test("end the answer where the result comes later", async () => {
    const model = await open("caller", wide);
    const { tools } = clockTool(() => null);
    const parts = await all(model.reply({ messages: conversation, signal, tools }));
    expect(textOf(parts)).toBe("One moment!");
    expect(parts.at(-1)).toEqual({ type: "finish" });
    await model.close();
  }, 60_000);

  test("let others have the model's memory while they are carried out", async () => {
    const model = await open("caller", { ...wide, slots: 1 });
    let answer: (text: string) => void = () => undefined;
    const { tools } = clockTool();
    const slow: ToolBox = {
      ...tools,
      call: () => new Promise((resolve) => (answer = resolve)),
    };
    const waiting = all(model.reply({ messages: conversation, signal, tools: slow }));
    const other = await all(model.reply({ messages: conversation, signal, ...clockTool() }));
    expect(textOf(other)).toBe("One moment!Noon.");
    answer("noon");
    expect(textOf(await waiting)).toBe("One moment!Noon.");
    await model.close();
  }, 60_000);

  test("are given up with the answer", async () => {
    const model = await open("caller", wide);
    const controller = new AbortController();
    const { tools } = clockTool(() => {
      controller.abort();
      return "noon";
    });
    const request = { messages: conversation, signal: controller.signal, tools };
    expect(textOf(await all(model.reply(request)))).toBe("One moment!");
    await model.close();
  }, 60_000);

  test("are none without an offer", async () => {
    const model = await open("greeter", wide);
    const tools: ToolBox = { offers: [], call: () => Promise.resolve("") };
    const parts = await all(model.reply({ messages: conversation, signal, tools }));
    expect(textOf(parts)).toBe("Hello there.");
    await model.close();
  }, 60_000);
});

test.each([
  ["cpu", "linux", "x64", ["linux-x64"]],
  ["auto", "linux", "x64", ["linux-x64", "linux-x64-vulkan"]],
  ["cuda", "linux", "x64", ["linux-x64", "linux-x64-cuda", "linux-x64-cuda-ext"]],
  ["auto", "linux", "arm64", ["linux-arm64"]],
  ["auto", "darwin", "arm64", ["mac-arm64-metal"]],
  ["auto", "darwin", "x64", ["mac-x64"]],
] as const)("%s on %s %s takes %j", (device, platform, arch, names) => {
  expect(llamaPackages(device, platform, arch)).toEqual([
    `node-llama-cpp@${llamaVersion}`,
    ...names.map((name) => `@node-llama-cpp/${name}@${llamaVersion}`),
  ]);
});

test("what npm cannot install is told in its words", async () => {
  const cache = await mkdtemp(join(tmpdir(), "parley-npm-"));
  const loading = loadLlamaPackage({
    cache,
    device: "cpu",
    environment: {
      ...process.env,
      npm_config_registry: "http://127.0.0.1:9",
      npm_config_fetch_retries: "0",
    },
    onInstalling: () => undefined,
    signal,
  });
  await expect(loading).rejects.toMatchObject({
    code: "agent-unavailable",
    message: expect.stringContaining("ECONNREFUSED") as string,
  });
  await rm(cache, { recursive: true });
}, 60_000);
