import { describe, expect, it } from "vitest";
import type { ToolBox, ToolCall } from "../../contracts/tool";
import { LlamaTools } from "./llama-tools";

const time = { name: "get_time", description: "Tells the time.", parameters: { type: "object" } };
const page = { name: "read_page", description: "Reads.", parameters: { type: "object" } };

function box(answer: (call: ToolCall) => string | null, more: Partial<ToolBox> = {}) {
  const calls: ToolCall[] = [];
  const tools: ToolBox = {
    offers: [time, page],
    call: (call) => {
      calls.push(call);
      return Promise.resolve(answer(call));
    },
    ...more,
  };
  return { tools, calls };
}

const called = (functionName: string, params: unknown = {}) => ({
  functionName,
  params,
  raw: [`<${functionName}>`],
});

describe("tools of a model in this process", () => {
  it("are offered with their arguments, and their results go into the model's line", async () => {
    const { tools, calls } = box(({ name }) => `result of ${name}`);
    const exchange = new LlamaTools(tools);
    expect(Object.keys(exchange.options.functions ?? {})).toEqual(["get_time", "read_page"]);
    const two = [called("get_time"), called("read_page", { address: "a" })];
    expect(await exchange.carryOut("Let me look.", two)).toBe(true);
    expect(calls.map(({ name, input }) => [name, input])).toEqual([
      ["get_time", {}],
      ["read_page", { address: "a" }],
    ]);
    expect(exchange.response).toMatchObject([
      "Let me look.",
      { name: "get_time", result: "result of get_time", rawCall: ["<get_time>"] },
      { name: "read_page", result: "result of read_page", startsNewChunk: false },
    ]);
  });

  it("are offered no more after six rounds", async () => {
    const exchange = new LlamaTools(box(() => "more").tools);
    for (let round = 0; round < 6; round++) {
      expect(exchange.options.functions).toBeDefined();
      await exchange.carryOut("", [called("get_time")]);
    }
    expect(exchange.options).toEqual({});
  });

  it("end the answer where the result comes later", async () => {
    const exchange = new LlamaTools(box(() => null).tools);
    expect(await exchange.carryOut("", [called("get_time")])).toBe(false);
  });

  it("carry out eight calls at once, and tell the model of the others", async () => {
    const { tools, calls } = box(() => "done");
    const exchange = new LlamaTools(tools);
    await exchange.carryOut(
      "",
      Array.from({ length: 10 }, () => called("get_time")),
    );
    expect(calls).toHaveLength(8);
    const last = exchange.response.at(-1);
    expect(last).toMatchObject({ result: expect.stringContaining("not carried out") as string });
  });

  it("are the one that is asked for, and none where there are none", () => {
    const one = new LlamaTools(box(() => "", { choice: { name: "read_page" } }).tools);
    expect(Object.keys(one.options.functions ?? {})).toEqual(["read_page"]);
    expect(new LlamaTools(undefined).options).toEqual({});
    expect(new LlamaTools(box(() => "", { offers: [] }).tools).options).toEqual({});
  });
});
