import { AppError } from "@parley/shared/errors";
import { afterEach, describe, expect, it } from "vitest";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";
import { callThenSay, cards, HeldTool, setOf } from "../testing/held-tool";

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
});

function converse(options: ScriptOptions): ConversationScript {
  const script = new ConversationScript(options);
  scripts.push(script);
  return script;
}

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
