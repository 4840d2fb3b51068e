import { AppError } from "@parley/shared/errors";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "../contracts/chat-model";
import type { Tool, ToolSet } from "../contracts/tool";
import { timerTools } from "../tools/timers/timer-tools";
import { searchTranscript } from "../tools/transcript/search-transcript";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";

/** A tool that answers when the test lets it. */
class HeldTool {
  readonly tool: Tool;
  readonly inputs: unknown[] = [];
  readonly signals: AbortSignal[] = [];
  #settle: ((text: string) => void)[] = [];

  constructor(effect: Tool["effect"], change: Partial<Tool> = {}) {
    this.tool = {
      ...{ name: "held", title: "Held tool", description: "", parameters: {}, effect },
      timeoutMs: 30_000,
      run: (input, { signal }) => {
        this.inputs.push(input);
        this.signals.push(signal);
        return new Promise((resolve) => this.#settle.push(resolve));
      },
      ...change,
    };
  }

  answer(text: string): void {
    for (const settle of this.#settle.splice(0)) settle(text);
  }
}

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
});

function setOf(...tools: Tool[]): ToolSet {
  return { name: "set", title: "Set", tools: () => tools };
}

function converse(options: ScriptOptions): ConversationScript {
  const script = new ConversationScript(options);
  scripts.push(script);
  return script;
}

/** Calls a tool once, and says its result after the given words. */
async function* callThenSay(
  request: ChatRequest,
  { name = "held", input = {} }: { name?: string; input?: object } = {},
  say: (result: string) => string = (result) => `It is ${result}.`,
): AsyncGenerator<string | ChatPart> {
  yield { type: "tool-calls" };
  const result = await request.tools!.call({ name, input, problem: null });
  yield say(result);
}

const cards = (script: ConversationScript) => {
  const last = new Map(script.all("tool-use").map((notice) => [notice.useId, notice.use]));
  return [...last.values()].map(({ state, result }) => `${state} ${result}`.trim());
};

describe("a tool that reads", () => {
  it("runs for a reply that nobody hears yet, and is shown once it has the floor", async () => {
    const held = new HeldTool("reads");
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (_question, request) => callThenSay(request),
    });
    await script.says("I wonder what it is");
    await script.passes(200);
    expect(held.inputs).toHaveLength(1);
    held.answer("sixteen");
    await script.passes(100);
    expect(script.all("tool-use")).toEqual([]);
    await script.until("reply-end");
    expect(cards(script)).toEqual(["done sixteen"]);
    expect(script.replies).toEqual(["It is sixteen."]);
    // The card stands above the reply.
    const order = script.notices.map(({ type }) => type);
    expect(order.indexOf("tool-use")).toBeLessThan(order.indexOf("reply-start"));
  });

  it("leaves no trace when its reply was thrown away", async () => {
    const held = new HeldTool("reads");
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (question, request) =>
        /more|that/u.test(question) ? ["Very well."] : callThenSay(request),
    });
    await script.says("I wonder what it is");
    await script.passes(250);
    expect(held.inputs).toHaveLength(1);
    await script.says("and more besides");
    await script.until("reply-end");
    expect(held.signals[0]!.aborted).toBe(true);
    expect(script.all("tool-use")).toEqual([]);
    expect(script.replies).toEqual(["Very well."]);
    await script.says("What is that?");
    await script.until("reply-end", 2);
    expect(script.lastRequest.join()).not.toContain("Held tool");
  });

  it("is stopped by an interruption, which its card says", async () => {
    const held = new HeldTool("reads");
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (question, request) => (question.includes("Stop") ? ["Yes?"] : callThenSay(request)),
    });
    await script.says("What is it?");
    // The filler plays.
    await script.until("reply-start");
    await script.passes(400);
    await script.interrupts();
    await script.until("reply-end");
    expect(held.signals[0]!.aborted).toBe(true);
    expect(cards(script)).toEqual(["cancelled"]);
  });

  it("has a limit of time, and the model is told", async () => {
    const held = new HeldTool("reads", { timeoutMs: 2_000 });
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (_question, request) => callThenSay(request, {}, (result) => result),
    });
    await script.says("What is it?");
    await script.until("reply-end");
    expect(script.replies.join()).toContain("It failed. It took longer than 2 s.");
    expect(cards(script)).toEqual(["failed It took longer than 2 s."]);
  });

  it("that fails tells the model why, and no one what went wrong within", async () => {
    const fail = (error: Error) => new HeldTool("reads", { run: () => Promise.reject(error) }).tool;
    for (const [error, told] of [
      [new AppError("not-found", "There is no such page."), "There is no such page."],
      [new Error("ECONNREFUSED 10.0.0.7"), "The tool is broken."],
    ] as const) {
      const script = converse({
        toolSets: [setOf(fail(error))],
        answer: (_question, request) => callThenSay(request, {}, (result) => result),
      });
      await script.says("What is it?");
      await script.until("reply-end");
      expect(script.replies).toEqual([`It failed. ${told}`]);
      expect(cards(script)).toEqual([`failed ${told}`]);
    }
  });
});

describe("a tool that acts", () => {
  const acting = (held: HeldTool, options: Partial<ScriptOptions> = {}) =>
    converse({
      toolSets: [setOf(held.tool)],
      answer: (question, request) =>
        /never mind|besides/u.test(question) ? ["Very well."] : callThenSay(request),
      ...options,
    });

  it("waits until its reply has the floor", async () => {
    const held = new HeldTool("acts");
    const script = acting(held);
    await script.says("I wonder what it is");
    await script.passes(500);
    expect(script.chatModel.requests).toHaveLength(1);
    expect(held.inputs).toEqual([]);
    await script.passes(1_000);
    expect(held.inputs).toHaveLength(1);
    held.answer("done");
    await script.until("reply-end");
    expect(cards(script)).toEqual(["done done"]);
  });

  it("does not run for a reply that was thrown away", async () => {
    const held = new HeldTool("acts");
    const script = acting(held);
    await script.says("I wonder what it is");
    await script.passes(300);
    await script.says("and more besides");
    await script.until("reply-end");
    expect(held.inputs).toEqual([]);
    expect(script.all("tool-use")).toEqual([]);
  });

  it("goes on when its reply is cut, and the next answer knows what came of it", async () => {
    const held = new HeldTool("acts");
    const script = acting(held);
    await script.says("Do it please?");
    await script.until("reply-start");
    await script.passes(300);
    await script.interrupts();
    await script.until("reply-end");
    expect(held.signals[0]!.aborted).toBe(false);
    expect(cards(script)).toEqual(["running"]);
    held.answer("ordered");
    await script.passes(100);
    expect(cards(script)).toEqual(["done ordered"]);
    await script.says("Oh never mind?");
    await script.until("reply-end", 2);
    expect(script.lastRequest).toContainEqual("tool: Held tool: ordered");
  });

  it("is not run again by the reply that takes the place of a cut one", async () => {
    const held = new HeldTool("acts");
    const script = acting(held);
    await script.says("Do it please?");
    await script.passes(600);
    expect(held.inputs).toHaveLength(1);
    // Before a sound was out, somebody goes on.
    await script.says("but not now, never mind");
    await script.passes(200);
    held.answer("ordered");
    await script.until("reply-end");
    expect(script.lastRequest.join("\n")).toContain("tool: Held tool: ordered");
    expect(held.inputs).toHaveLength(1);
  });
});

const longText = `I will look into the ${"big ".repeat(40)}book of times.`;

describe("people who wait for a tool", () => {
  const waiting = (options: Partial<ScriptOptions> = {}) => {
    const held = new HeldTool("reads");
    const script = converse({
      toolSets: [setOf(held.tool)],
      answer: (_question, request) => callThenSay(request),
      ...options,
    });
    return { held, script };
  };

  it("are told so after a moment, once, which is not remembered", async () => {
    const { held, script } = waiting();
    await script.says("What is it?");
    await script.passes(700);
    expect(script.all("reply-start")).toEqual([]);
    await script.until("reply-start");
    await script.passes(6_000);
    held.answer("sixteen");
    await script.until("reply-end");
    expect(script.replies).toEqual(["One moment, let me check. It is sixteen."]);
    await script.says("Are you sure?");
    await script.until("reply-start", 2);
    expect(script.lastRequest).toContainEqual("assistant: It is sixteen.");
    expect(script.lastRequest).toContainEqual("tool: Held tool: sixteen");
  });

  it("are not told so when the tool is quick", async () => {
    const { held, script } = waiting();
    await script.says("What is it?");
    await script.passes(600);
    held.answer("sixteen");
    await script.until("reply-end");
    expect(script.replies).toEqual(["It is sixteen."]);
  });

  it("hear what the model says first, and no filler while they hear it", async () => {
    const { held, script } = waiting({
      async *answer(_question, request) {
        yield longText;
        yield* callThenSay(request);
      },
    });
    await script.says("What is it?");
    await script.until("reply-start");
    await script.passes(1_000);
    held.answer("sixteen");
    await script.until("reply-end");
    expect(script.replies).toEqual([`${longText} It is sixteen.`]);
  });
});

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
    expect(script.all("tool-use").at(-1)!.use.result.length).toBeLessThanOrEqual(2_000);
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
    const results: string[] = [];
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
    const results: string[] = [];
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

describe("a timer", () => {
  const withTimer = (options: Partial<ScriptOptions> = {}) =>
    converse({
      toolSets: [setOf(...timerTools("UTC"))],
      answer: (question, request) =>
        question.includes("tea")
          ? callThenSay(
              request,
              { name: "set_timer", input: { seconds: 20, label: "the tea" } },
              () => "All right.",
            )
          : ["Very well."],
      ...options,
    });

  async function setIt(script: ConversationScript) {
    await script.says("Remind me of the tea?");
    await script.until("reply-end");
    expect(script.replies).toEqual(["All right."]);
  }

  it("is spoken of when it is due", async () => {
    const script = withTimer();
    await setIt(script);
    await script.until("reply-end", 2, 30_000);
    expect(script.replies).toEqual(["All right.", "Your timer is up: the tea."]);
    await script.says("Thank you for that");
    await script.until("reply-end", 3);
    expect(script.lastRequest.join()).toContain("Your timer is up: the tea.");
  });

  it("waits until nobody speaks", async () => {
    const script = withTimer({ answers: "when-addressed", members: ["Ada", "Ben"] });
    await script.says("Parley, remind me of the tea?");
    await script.until("reply-end");
    await script.passes(16_000);
    // Twelve seconds without a pause.
    await script.says(Array<string>(60).fill("word").join(" "), "Ben");
    expect(script.replies).toEqual(["All right."]);
    await script.until("reply-end", 2);
    expect(script.replies[1]).toBe("Your timer is up: the tea.");
  });

  it("comes back when somebody asked something before it was heard", async () => {
    const script = withTimer();
    await setIt(script);
    const setAtMs = script.clock.now();
    await script.passes(17_000);
    script.begins("What about the weather?");
    await script.until("reply-end", 3, 40_000);
    expect(script.clock.now() - setAtMs).toBeLessThan(45_000);
    expect(script.replies.slice(1).toSorted()).toEqual([
      "Very well.",
      "Your timer is up: the tea.",
    ]);
  });

  it("waits for somebody to come back", async () => {
    const script = withTimer();
    await setIt(script);
    const memberId = script.memberId();
    script.session.accept({ type: "member-left", memberId });
    await script.clock.advance(60_000);
    expect(script.replies).toHaveLength(1);
    script.session.accept({ type: "member-joined", memberId, name: "Ada" });
    await script.until("reply-end", 2);
    expect(script.replies[1]).toBe("Your timer is up: the tea.");
  });

  it("ends with the session", async () => {
    const script = withTimer();
    await setIt(script);
    const { length } = script.notices;
    script.session.close();
    await script.clock.advance(60_000);
    expect(script.notices).toHaveLength(length);
  });
});
