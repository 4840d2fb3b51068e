import { describe, expect, it } from "vitest";
import { ConversationScript } from "../testing/conversation-script";

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
    if (signal.aborted) resolve();
  });
}

describe("a turn", () => {
  it("is transcribed, answered and heard", async () => {
    const script = new ConversationScript({ answer: () => ["Fine, ", "thank you."] });
    await script.says("how are you");
    await script.until("reply-end");
    expect(script.finals).toEqual(["how are you"]);
    expect(script.replies).toEqual(["Fine, thank you."]);
    expect(script.lastRequest).toEqual(["Ada: how are you"]);
    const partials = script.all("transcript-partial").map(({ text }) => text);
    expect(partials).toEqual(["how", "how are", "how are you"]);
    const revisions = [...script.all("transcript-partial"), script.all("transcript-final")[0]!];
    expect(revisions.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    const states = script.all("agent-state").map(({ state }) => state);
    expect(states).toEqual(["listening", "thinking", "speaking", "listening"]);
  });

  it("is answered about 250 ms after a question", async () => {
    const script = new ConversationScript();
    await script.says("what time is it");
    const endedAtMs = script.clock.now();
    await script.until("reply-start");
    expect(script.clock.now() - endedAtMs).toBeLessThanOrEqual(300);
    expect(script.clock.now() - endedAtMs).toBeGreaterThanOrEqual(200);
  });

  it("stamps every step, in order", async () => {
    const script = new ConversationScript();
    await script.says("what time is it");
    const endedAtMs = script.clock.now();
    const { timings } = await script.until("turn-timings");
    // Within a window (32 ms) and a frame of the truth.
    expect(Math.abs(timings.speechEndedAtMs! - endedAtMs)).toBeLessThanOrEqual(52);
    const { speechEndedAtMs, vadStoppedAtMs, transcriptFinalAtMs, turnDecidedAtMs } = timings;
    const { chatFirstTextAtMs, firstClauseAtMs, firstAudioAtMs, playoutStartedAtMs } = timings;
    const ofTurn = [speechEndedAtMs, vadStoppedAtMs, transcriptFinalAtMs, turnDecidedAtMs];
    const ofReply = [transcriptFinalAtMs, chatFirstTextAtMs, firstClauseAtMs, firstAudioAtMs];
    for (const stamps of [ofTurn, [...ofReply, playoutStartedAtMs]]) {
      expect(stamps).not.toContain(null);
      expect(stamps).toEqual(stamps.toSorted((a, b) => a! - b!));
    }
    // The answer was ready before the turn was decided: that is what speculation is for.
    expect(firstAudioAtMs!).toBeLessThan(turnDecidedAtMs!);
    expect(script.all("turn-timings")).toHaveLength(1);
    // What belonged to the reply is let go with it.
    await script.until("reply-end");
    expect(script.chatModel.requests[0]!.signal.aborted).toBe(true);
  });

  it("goes on over a hesitation, and the speculation is thrown away unheard", async () => {
    const script = new ConversationScript();
    await script.says("i want to know");
    await script.passes(600);
    expect(script.chatModel.requests.at(-1)?.messages.at(-1)?.content).toBe("i want to know");
    expect(script.synthesizer.clauses).toEqual(["Very well."]);
    await script.says("what time it is");
    const abandoned = script.chatModel.requests[0]!;
    await script.until("reply-end");
    expect(abandoned.signal.aborted).toBe(true);
    expect(script.finals).toEqual(["i want to know what time it is"]);
    expect(script.all("reply-start")).toHaveLength(1);
    expect(new Set(script.playout.frames.map(({ id }) => id)).size).toBe(1);
    expect(script.lastRequest).toEqual(["Ada: i want to know what time it is"]);
  });

  it("keeps its speculation over a cough in the pause", async () => {
    const script = new ConversationScript();
    await script.says("twelve");
    await script.passes(160);
    expect(script.chatModel.requests).toHaveLength(1);
    await script.coughs(100);
    expect(script.finals).toEqual([]);
    await script.until("reply-end");
    expect(script.finals).toEqual(["twelve"]);
    expect(script.chatModel.requests).toHaveLength(1);
    expect(script.replies).toEqual(["Very well."]);
  });

  it.each(["I want to go to the.", "Well, um.", "Because."])(
    "that is surely not over waits long whatever mark is written: %s",
    async (text) => {
      const script = new ConversationScript();
      await script.says(text);
      await script.passes(2_300);
      expect(script.all("reply-start")).toEqual([]);
      await script.passes(300);
      expect(script.all("reply-start")).toHaveLength(1);
      await script.passes(3_600);
      expect(script.finals).toEqual([]);
      await script.passes(500);
      expect(script.finals).toEqual([text]);
      expect(script.replies[0]).toBe("Go on.");
    },
  );

  it.each(["i want to go to the", "well um", "because"])(
    "that is surely not over waits long: %s",
    async (text) => {
      const script = new ConversationScript();
      await script.says(text);
      await script.passes(2_300);
      expect(script.all("reply-start")).toEqual([]);
      await script.passes(300);
      expect(script.all("reply-start")).toHaveLength(1);
      await script.passes(3_600);
      expect(script.finals).toEqual([]);
      await script.passes(500);
      expect(script.finals).toEqual([text]);
      expect(script.replies[0]).toBe("Go on.");
    },
  );

  it("does not end in the very moment in which the member goes on", async () => {
    const script = new ConversationScript();
    await script.says("what time is it");
    // The next word's first window is loud when the wait is over, its second is still to come.
    await script.passes(180);
    await script.says("in the morning");
    await script.until("reply-end");
    expect(script.finals).toEqual(["what time is it in the morning"]);
  });

  it("without words is no turn", async () => {
    const script = new ConversationScript();
    await script.coughs(300);
    await script.passes(3_000);
    expect(script.notices.filter(({ type }) => type !== "agent-state")).toEqual([]);
    expect(script.chatModel.requests).toEqual([]);
  });

  it("closes by the clock when the member mutes in the middle of a word", async () => {
    const script = new ConversationScript();
    script.begins("hello there everybody again");
    await script.passes(600);
    script.mutes();
    await script.passes(3_000);
    expect(script.finals).toEqual(["hello there everybody"]);
    expect(script.replies).toEqual(["Very well."]);
  });

  it("goes on while the agent thinks, and gets one answer", async () => {
    const gate = new AbortController();
    const script = new ConversationScript({
      answer: async function* () {
        await once(gate.signal);
        yield "Both of it.";
      },
    });
    await script.says("what time is it");
    await script.passes(400);
    expect(script.finals).toEqual(["what time is it"]);
    await script.says("and what day is it");
    await script.passes(400);
    gate.abort();
    await script.until("reply-end");
    await script.passes(2_000);
    expect(script.replies).toEqual(["Both of it."]);
    expect(script.lastRequest).toEqual(["Ada: what time is it and what day is it"]);
    expect(script.chatModel.running).toBe(0);
  });

  it("is still answered when a noise comes while the agent thinks", async () => {
    const gate = new AbortController();
    const script = new ConversationScript({
      answer: async function* () {
        await once(gate.signal);
        yield "Noon.";
      },
    });
    await script.says("what time is it");
    await script.passes(400);
    await script.coughs(200);
    gate.abort();
    expect(script.all("reply-start")).toEqual([]);
    await script.passes(400);
    expect(script.all("reply-start")).toHaveLength(1);
    expect(script.chatModel.requests).toHaveLength(1);
  });

  it("is answered with an apology when the chat model fails", async () => {
    const script = new ConversationScript({
      answer: () => {
        throw new Error("out of order");
      },
    });
    await script.says("what time is it");
    await script.until("reply-end");
    expect(script.replies[0]).toMatch(/^Sorry/);
    expect(script.all("error").map(({ error }) => error.code)).toEqual(["internal"]);
  });

  it("has an answer made ahead of its end however long the conversation is", async () => {
    const script = new ConversationScript({
      settings: { maxHistoryLines: 8, historyStepLines: 4 },
    });
    const turns = 12;
    for (let turn = 1; turn <= turns; turn++) {
      await script.says("what time is it");
      await script.until("reply-end", turn);
    }
    expect(script.session.speculation).toEqual({ made: turns, paid: turns, late: 0 });
    expect(script.chatModel.requests).toHaveLength(turns);
  });

  it("that goes on costs an answer made ahead", async () => {
    const script = new ConversationScript();
    await script.says("twelve");
    await script.passes(160);
    await script.says("and a half of them");
    await script.until("reply-end");
    await script.types("thank you");
    await script.until("reply-end", 2);
    expect(script.session.speculation).toEqual({ made: 2, paid: 1, late: 0 });
  });
});

describe("the end of a turn", () => {
  /** @returns ms from the last word to the final transcript */
  async function waitAfter(script: ConversationScript, text: string): Promise<number> {
    const { length } = script.finals;
    await script.says(text);
    const endedAtMs = script.clock.now();
    await script.until("transcript-final", length + 1);
    return script.clock.now() - endedAtMs;
  }

  it("comes by the kind of what was said", async () => {
    expect(await waitAfter(new ConversationScript(), "tell me a joke")).toBeLessThan(300);
    const told = await waitAfter(new ConversationScript(), "i live in boston");
    expect(told).toBeGreaterThan(700);
    expect(told).toBeLessThan(900);
    expect(await waitAfter(new ConversationScript(), "what i wanted to say is")).toBeGreaterThan(
      2_000,
    );
  });

  it("does not come between two sentences, groups of figures, letters, or parts of a list", async () => {
    for (const [pauseMs, ...parts] of [
      [600, "i live in boston", "i work in cambridge", "what is two plus two"],
      [700, "my phone number is", "five one five", "two three four", "six seven eight nine"],
      [1_000, "my phone number is", "five one five", "two three four", "six seven eight nine"],
      [700, "my name is spelled", "r", "o", "b", "i", "n"],
      [800, "I need milk,", "bread,", "and butter."],
    ] as const) {
      const script = new ConversationScript();
      for (const part of parts) {
        await script.says(part);
        await script.passes(pauseMs);
      }
      await script.until("reply-start");
      expect(script.finals).toEqual([parts.join(" ")]);
      expect(script.all("reply-start")).toHaveLength(1);
    }
  });

  it("comes soon after an answer that the agent asked for", async () => {
    const script = new ConversationScript({ answer: () => ["How many do you want?"] });
    await script.says("i would like some tickets");
    await script.until("reply-end");
    expect(await waitAfter(script, "twelve")).toBeLessThan(300);
  });

  it("waits for more figures when the agent asked for a number", async () => {
    const script = new ConversationScript({ answer: () => ["What is your phone number?"] });
    await script.says("call me back please");
    await script.until("reply-end");
    expect(await waitAfter(script, "five")).toBeGreaterThan(2_000);
  });

  it("comes later for who pauses long within a turn", async () => {
    const script = new ConversationScript();
    const first = await waitAfter(script, "i live in boston");
    await script.until("reply-end");
    for (let time = 0; time < 3; time++) {
      await script.says("i live in boston");
      await script.passes(760);
      await script.says("and you in rome");
      await script.until("reply-end", 2 + time);
    }
    expect(await waitAfter(script, "i live in boston")).toBeGreaterThan(first + 100);
  });

  it("comes by the agent's patience", async () => {
    const waits = [];
    for (const patience of ["quick", "normal", "patient"] as const) {
      waits.push(await waitAfter(new ConversationScript({ patience }), "i live in boston"));
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[2]! - waits[0]!).toBeGreaterThan(500);
  });
});

describe("who goes on as the agent begins", () => {
  async function interrupted(afterMs: number, more = "about a dog") {
    const script = new ConversationScript({
      answer: (question) =>
        question.includes("dog")
          ? ["A dog barked."]
          : ["Once upon a time there was a cat that could not find its way back to the old house."],
    });
    await script.says("tell me a story");
    await script.until("reply-start");
    await script.passes(afterMs);
    await script.says(more);
    return script;
  }

  it("gets the reply withdrawn, and both halves are one turn", async () => {
    const script = await interrupted(100);
    expect(script.all("reply-cancel")).toHaveLength(1);
    await script.until("reply-end", 2);
    const [first, second] = script.all("transcript-final");
    expect(script.finals).toEqual(["tell me a story", "tell me a story about a dog"]);
    expect(second!.turnId).toBe(first!.turnId);
    expect(second!.startedAtMs).toBe(first!.startedAtMs);
    expect(second!.revision).toBeGreaterThan(first!.revision);
    expect(script.lastRequest.at(-1)).toBe("Ada: tell me a story about a dog");
    expect(script.lastRequest.filter((line) => line.startsWith("Ada"))).toHaveLength(1);
    expect(script.replies.at(-1)).toBe("A dog barked.");
  });

  it("leaves what was heard of the reply as heard", async () => {
    const script = await interrupted(700);
    const heard = (await script.until("reply-end")).text;
    expect(heard).not.toBe("");
    await script.until("reply-end", 2);
    expect(script.lastRequest).toEqual([
      `assistant: ${heard} …`,
      "Ada: tell me a story about a dog",
    ]);
  });

  it("hears silence within 300 ms", async () => {
    const script = new ConversationScript({
      answer: () => [
        "Once upon a time there was a cat that could not find its way back to the old house.",
      ],
    });
    await script.says("tell me a story");
    await script.until("reply-start");
    await script.passes(200);
    const onsetAtMs = script.clock.now();
    script.begins("about a dog");
    await script.until("reply-hold");
    expect(script.clock.now() - onsetAtMs).toBeLessThanOrEqual(300);
  });

  it.each(["mm-hmm", "stop"])("is not taken to go on: %s", async (text) => {
    const script = await interrupted(200, text);
    await script.passes(3_000);
    expect(script.finals).toEqual(["tell me a story", text]);
  });

  it("interrupts when the reply has been heard for long", async () => {
    const script = await interrupted(1_400, "about a dog");
    await script.until("reply-end", 2, 5_000).catch(() => undefined);
    expect(script.finals).toEqual(["tell me a story", "about a dog"]);
  });

  it("is waited for longer the next time", async () => {
    const script = await interrupted(100);
    await script.until("reply-end", 2);
    await script.says("tell me a story");
    const endedAtMs = script.clock.now();
    await script.until("transcript-final", 3);
    expect(script.clock.now() - endedAtMs).toBeGreaterThan(350);
  });
});
