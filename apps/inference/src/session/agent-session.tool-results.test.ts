import { afterEach, describe, expect, it } from "vitest";
import type { Tool } from "../contracts/tool";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";
import { callThenSay, cards, HeldTool, setOf } from "../testing/held-tool";
import { searchTranscript } from "../tools/transcript/search-transcript";

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
});

function converse(options: ScriptOptions): ConversationScript {
  const script = new ConversationScript(options);
  scripts.push(script);
  return script;
}

describe("what a tool returns", () => {
  it("is never spoken, but by the model", async () => {
    const held = new HeldTool("reads");
    const raw = '{"temperature":{"value":21.5,"unit":"°C"}}';
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (_question, request) => callThenSay(request, {}, () => "It is warm."),
    });
    await script.says("How warm is it?");
    await script.passes(300);
    held.answer(raw);
    await script.until("reply-end");
    expect(script.replies).toEqual(["It is warm."]);
    expect(cards(script)).toEqual([`done ${raw}`]);
  });

  it("is bounded, for the model, the room and the history", async () => {
    const held = new HeldTool("reads");
    let told = "";
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (question, request) =>
        question.includes("sure")
          ? ["Yes."]
          : callThenSay(request, {}, (result) => {
              told = result;
              return "A lot.";
            }),
    });
    await script.says("How much is it?");
    await script.passes(300);
    held.answer("word ".repeat(10_000));
    await script.until("reply-end");
    expect(told.length).toBeLessThanOrEqual(8_000);
    expect(script.all("tool-use").at(-1)!.use.result.length).toBeLessThanOrEqual(1_500);
    await script.says("Are you sure?");
    await script.until("reply-end", 2);
    const remembered = script.lastRequest.find((line) => line.startsWith("tool: "));
    expect(remembered!.length).toBeLessThanOrEqual(620);
  });
});

describe("calls", () => {
  it("that are the same are carried out once", async () => {
    const held = new HeldTool("reads", { run: () => Promise.resolve("sixteen") });
    const runs: string[] = [];
    const counted: Tool = {
      ...held.tool,
      run: (input) => {
        runs.push(JSON.stringify(input));
        return Promise.resolve("sixteen");
      },
    };
    const results: (string | null)[] = [];
    const script = converse({
      toolSets: [setOf(counted)],
      async *answer(_question, request) {
        const call = { name: "held", input: { x: 1 }, problem: null };
        const both = await Promise.all([request.tools!.call(call), request.tools!.call(call)]);
        results.push(...both, await request.tools!.call({ ...call, input: { x: 2 } }));
        yield "Done.";
      },
    });
    await script.says("What is it?");
    await script.until("reply-end");
    expect(runs).toEqual(['{"x":1}', '{"x":2}']);
    expect(results[1]).toBe("Called before, with this result: sixteen");
    expect(cards(script)).toHaveLength(2);
  });

  it("that cannot be carried out are answered, and bounded", async () => {
    const held = new HeldTool("reads", { run: () => Promise.resolve("sixteen") });
    const results: (string | null)[] = [];
    const script = converse({
      toolSets: [setOf(held.tool)],
      settings: { toolCallsPerReply: 2 },
      async *answer(_question, { tools }) {
        results.push(await tools!.call({ name: "nothing", input: {}, problem: null }));
        results.push(await tools!.call({ name: "held", input: "{", problem: "No JSON." }));
        for (let x = 0; x < 3; x++) {
          results.push(await tools!.call({ name: "held", input: { x }, problem: null }));
        }
        yield "Done.";
      },
    });
    await script.says("What is it?");
    await script.until("reply-end");
    expect(results).toEqual([
      "There is no tool nothing; there are held.",
      "The arguments cannot be used. No JSON.",
      "sixteen",
      "sixteen",
      "No more calls in this answer; say what you know.",
    ]);
  });
});

describe("a room's tools", () => {
  const offered = (script: ConversationScript) =>
    script.chatModel.requests.at(-1)?.tools?.offers.map(({ name }) => name);

  it("are those that it chose, and the model is told how to use them", async () => {
    const toolSets = [
      { ...setOf(new HeldTool("reads").tool), name: "one" },
      { ...setOf(new HeldTool("reads", { name: "other" }).tool), name: "two" },
    ];
    for (const [tools, names] of [
      [["two"], ["other"]],
      [["two", "unknown"], ["other"]],
      [undefined, ["held", "other"]],
      [[], undefined],
    ] as const) {
      const script = converse({ toolSets, ...(tools === undefined ? {} : { tools: [...tools] }) });
      await script.says("What is it?");
      await script.until("reply-end");
      expect(offered(script)).toEqual(names);
      const prompt = script.chatModel.requests.at(-1)!.messages[0]!.content;
      expect(prompt.includes("Use your tools")).toBe(names !== undefined);
    }
  });

  it("search what was said here, earlier conversations of the room included", async () => {
    const script = converse({
      toolSets: [setOf(searchTranscript("UTC"))],
      history: [{ role: "member", name: "Kim", text: "The trellis is in the shed." }],
      answer: (question, request) =>
        question.includes("where")
          ? callThenSay(request, { name: "search_transcript", input: { query: "trellis" } })
          : ["Very well."],
    });
    await script.says("the trellis is green");
    await script.until("reply-end");
    await script.types("so where was it?");
    await script.until("reply-end", 2);
    const found = script.all("tool-use").at(-1)!.use.result.split("\n");
    expect(found.map((line) => line.replace(/^\[.{5}\] /u, ""))).toEqual([
      "Kim: The trellis is in the shed.",
      "Ada: the trellis is green",
    ]);
  });

  it("remember, in a resumed conversation, what was used before", async () => {
    const script = converse({
      history: [
        { role: "member", name: "Ada", text: "What is it?" },
        { role: "tool", name: "Parley", text: "Calculator (1+1): 2" },
        { role: "agent", name: "Parley", text: "Two." },
      ],
    });
    await script.says("Are you sure?");
    await script.until("reply-end");
    expect(script.lastRequest).toEqual([
      "Ada: What is it?",
      "tool: Calculator (1+1): 2",
      "assistant: Two.",
      "Ada: Are you sure?",
    ]);
  });
});
