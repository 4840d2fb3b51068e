import { describe, expect, it } from "vitest";
import { ConversationScript } from "../testing/conversation-script";

const longAnswer = [
  "Once upon a time there was a robot. ",
  "It lived by the sea. ",
  "Every day it sang. ",
  "Then it slept.",
];

/** A conversation in which the agent has spoken for half a second or so. */
async function duringReply(answer: readonly string[] = longAnswer) {
  const asked: string[] = [];
  const script = new ConversationScript({
    answer: (question) => {
      asked.push(question);
      return asked.length > 1 ? ["Second answer."] : answer;
    },
    // As if it had been heard for longer: what comes at once goes on with the question.
    settings: { lateCorrectionMs: 0 },
  });
  await script.says("tell me a story");
  await script.until("reply-spoken", 2);
  return script;
}

describe("speech over a reply", () => {
  it("ducks it at once and cuts it off at the first word", async () => {
    const script = await duringReply();
    const startedAtMs = script.clock.now();
    script.begins("what is the weather like");
    await script.until("reply-duck");
    expect(script.clock.now() - startedAtMs).toBeLessThanOrEqual(160);
    await script.until("reply-cancel");
    expect(script.clock.now() - startedAtMs).toBeLessThanOrEqual(260);
    await script.until("reply-end");
    const framesThen = script.playout.frames.length;
    const end = script.all("reply-end")[0]!;
    expect(end.isInterrupted).toBe(true);
    expect("Once upon a time there was a robot.").toContain(end.text);
    await script.until("reply-end", 2);
    expect(script.replies).toEqual([`${end.text}/`, "Second answer."]);
    // Nothing of the old reply came after its cancellation.
    const { replyId } = end;
    expect(script.playout.frames.slice(framesThen).every(({ id }) => id !== replyId)).toBe(true);
    expect(script.lastRequest).toEqual([
      "Ada: tell me a story",
      `assistant: ${end.text} …`,
      "Ada: what is the weather like",
    ]);
  });

  it("leaves neither chat nor synthesis running", async () => {
    const script = new ConversationScript({
      answer: async function* () {
        yield "Once upon a time there was a robot. ";
        await script.clock.delay(60_000, script.chatModel.requests[0]!.signal);
        yield "The end.";
      },
    });
    await script.says("tell me a story");
    await script.until("reply-spoken");
    expect([script.chatModel.running, script.synthesizer.running]).toEqual([1, 1]);
    await script.says("what is the weather");
    await script.until("reply-cancel");
    await script.clock.advance(0);
    expect([script.chatModel.running, script.synthesizer.running]).toEqual([0, 0]);
  });

  it.each(["stop", "Stop.", "wait", "Wait!", "hold on", "Hold on."])(
    "is obeyed in silence: %s",
    async (text) => {
      const script = await duringReply();
      await script.says(text);
      await script.passes(2_000);
      expect(script.all("reply-end")[0]!.isInterrupted).toBe(true);
      expect(script.finals).toEqual(["tell me a story", text]);
      expect(script.all("reply-start")).toHaveLength(1);
      expect(script.all("agent-state").at(-1)?.state).toBe("listening");
    },
  );

  it("that is a cough resumes it", async () => {
    const script = await duringReply();
    await script.coughs(300);
    await script.passes(300);
    expect(script.all("reply-resume")).toEqual([]);
    await script.passes(200);
    expect(script.all("reply-duck")).toHaveLength(1);
    expect(script.all("reply-resume")).toHaveLength(1);
    await script.until("reply-end");
    expect(script.replies).toEqual([longAnswer.join("")]);
    expect(script.finals).toEqual(["tell me a story"]);
  });

  it.each(["mm-hmm", "Mm-hmm.", "yeah", "okay right", "Okay. Right?"])(
    "that only listens resumes it: %s",
    async (text) => {
      const script = await duringReply();
      await script.says(text);
      await script.until("reply-end");
      await script.passes(2_000);
      expect(script.all("reply-resume")).toHaveLength(1);
      expect(script.replies).toEqual([longAnswer.join("")]);
      expect(script.finals).toEqual(["tell me a story", text]);
      expect(script.all("reply-start")).toHaveLength(1);
    },
  );

  it.each(["I see.", "that makes sense", "Oh wow.", "a huh", "Really?", "got it"])(
    "that may only listen ducks it, and is no question: %s",
    async (text) => {
      const script = await duringReply();
      await script.says(text);
      await script.until("reply-end");
      await script.passes(2_000);
      expect(script.all("reply-duck").length).toBeGreaterThan(0);
      expect(script.all("reply-hold")).toEqual([]);
      expect(script.replies).toEqual([longAnswer.join("")]);
      expect(script.all("reply-start")).toHaveLength(1);
    },
  );

  it.each(["no", "what", "Parley", "but why", "tell me more", "that is not right"])(
    "that asks for the floor cuts it: %s",
    async (text) => {
      const script = await duringReply();
      await script.says(text);
      await script.until("reply-cancel");
    },
  );

  it("does not flap at a pause", async () => {
    const script = await duringReply();
    await script.says("yeah");
    await script.passes(300);
    await script.says("but what time is it");
    expect(script.all("reply-resume")).toEqual([]);
    expect(script.all("reply-cancel")).toHaveLength(1);
  });

  it("that is a click does not even duck it", async () => {
    const script = await duringReply();
    await script.coughs(40);
    await script.passes(500);
    expect(script.all("reply-duck")).toEqual([]);
  });

  it("that is a lasting noise resumes it, until words come", async () => {
    const script = await duringReply();
    await script.coughs(2_000);
    expect(script.all("reply-resume")).toHaveLength(1);
    await script.says("please listen");
    expect(script.all("reply-cancel")).toHaveLength(1);
  });

  it.each(["upon a", "Upon a."])("that is the agent's echo is retracted: %s", async (text) => {
    const script = await duringReply();
    await script.says(text);
    await script.passes(2_600);
    expect(script.all("reply-resume")).toHaveLength(1);
    expect(script.all("transcript-retract")).toHaveLength(1);
    expect(script.finals).toEqual(["tell me a story"]);
  });

  it("answers a question that is nearly out", async () => {
    const script = await duringReply(["Shall I go on?"]);
    await script.says("yes");
    await script.until("reply-end", 2);
    expect(script.replies).toEqual(["Shall I go on?", "Second answer."]);
  });

  it("that comes before a late playout leaves nothing heard", async () => {
    const script = new ConversationScript({ answer: () => longAnswer });
    script.playout.startDelayMs = 2_000;
    await script.says("tell me a story");
    await script.until("reply-start");
    await script.says("no tell me the time");
    const end = await script.until("reply-end");
    expect(end).toMatchObject({ text: "", isInterrupted: true });
    await script.until("reply-start", 2);
    expect(script.lastRequest).toEqual(["Ada: tell me a story no tell me the time"]);
    expect(script.all("turn-timings")).toEqual([]);
  });
});

describe("a reply", () => {
  it("is cut by an interrupt request, and nothing follows", async () => {
    const script = await duringReply();
    await script.interrupts();
    expect(script.all("reply-cancel")).toHaveLength(1);
    await script.passes(2_000);
    expect(script.all("reply-end")[0]!.isInterrupted).toBe(true);
    expect(script.all("reply-start")).toHaveLength(1);
  });

  it("is never heard when the interrupt request comes while the agent thinks", async () => {
    const script = new ConversationScript({
      answer: async function* () {
        await script.clock.delay(1_000);
        yield "Too late.";
      },
    });
    await script.says("what time is it");
    await script.passes(400);
    expect(script.all("agent-state").at(-1)?.state).toBe("thinking");
    await script.interrupts();
    expect(script.all("agent-state").at(-1)?.state).toBe("listening");
    await script.passes(3_000);
    expect(script.all("reply-start")).toEqual([]);
    expect(script.chatModel.running).toBe(0);
  });

  it("ends by the clock when the pacer does not confirm its cancellation", async () => {
    const script = await duringReply();
    script.playout.isDead = true;
    await script.interrupts();
    await script.passes(400);
    expect(script.all("reply-end")).toEqual([]);
    await script.passes(200);
    expect(script.all("reply-end")[0]!.isInterrupted).toBe(true);
  });

  it("is given up when the pacer dies", async () => {
    const script = await duringReply();
    script.playout.isDead = true;
    await script.passes(6_000);
    expect(script.all("reply-end")).toHaveLength(1);
    expect(script.all("agent-state").at(-1)?.state).toBe("listening");
  });

  it("is made only some seconds ahead of what is heard", async () => {
    const sentences = Array.from(
      { length: 60 },
      (_, index) => `This is sentence number ${index}. `,
    );
    const script = new ConversationScript({ answer: () => sentences });
    await script.says("tell me a story");
    await script.until("reply-spoken");
    expect(script.synthesizer.clauses.length).toBeLessThan(25);
    await script.until("reply-end", 1, 120_000);
    expect(script.replies[0]).toContain("number 59.");
  });
});
