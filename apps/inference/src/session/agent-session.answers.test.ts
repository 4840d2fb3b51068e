import type { SynthesisPart, SynthesisRequest } from "@parley/speech/contracts/synthesizer";
import { CharacterSynthesizer } from "@parley/speech/testing/scripted-models";
import { describe, expect, it } from "vitest";
import type { ChatFailureReason, ChatPart } from "../contracts/chat-model";
import { ConversationScript } from "../testing/conversation-script";

function failure(reason: ChatFailureReason): ChatPart {
  return { type: "error", error: new Error(reason), reason };
}

/** An answer that comes when the test says so. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Has no sound for anything but ASCII letters. */
class AsciiSynthesizer extends CharacterSynthesizer {
  override async *speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart> {
    let isSilent = false;
    for await (const part of super.speak(request)) {
      if (part.type === "clause-start") isSilent = !/[a-z]/iu.test(part.text);
      if (part.type !== "audio" || !isSilent) yield part;
    }
  }
}

describe("an answer without words", () => {
  it("is a sentence, and keeps questions apart", async () => {
    const script = new ConversationScript({ answer: () => [] });
    await script.types("nothing");
    await script.until("reply-end");
    expect(script.replies).toEqual(["I have no answer to that. Please put it another way."]);
    await script.types("hello");
    expect(script.lastRequest).toEqual([
      "Ada: nothing",
      "assistant: I have no answer to that. Please put it another way.",
      "Ada: hello",
    ]);
  });

  it.each(["你好！今天天气很好。", "😀 🎉 👍", "... !!! ???"])(
    "that the voice cannot say is shown, with a sentence: %s",
    async (text) => {
      const synthesizer = new AsciiSynthesizer();
      const script = new ConversationScript({ answer: () => [text], synthesizer });
      await script.types("hello");
      await script.until("reply-end");
      expect(script.replies[0]).toMatch(/ ?I wrote that down, because I cannot say it aloud\.$/u);
      expect(script.replies[0]?.replaceAll(" ", "")).toContain(text.replaceAll(" ", ""));
    },
  );
});

describe("a failing chat model", () => {
  const sentences: readonly (readonly [ChatFailureReason, RegExp])[] = [
    ["unauthorised", /key/],
    ["not-there", /reach/],
    ["busy", /too much to do/],
    ["too-long", /shorter/],
    ["silent", /too long/],
    ["broken", /cannot think/],
  ];

  it.each(sentences)("is told apart: %s", async (reason, words) => {
    const script = new ConversationScript({ answer: () => [failure(reason)] });
    await script.says("what time is it");
    await script.until("reply-end");
    expect(script.replies[0]).toMatch(/^Sorry/);
    expect(script.replies[0]).toMatch(words);
    expect(script.all("agent-problem")).toEqual([{ type: "agent-problem", problem: reason }]);
  });

  it("apologises once, and says when it is over", async () => {
    let isDown = true;
    const answer = () => (isDown ? [failure("busy")] : ["Very well."]);
    const script = new ConversationScript({ answer });
    for (let turn = 1; turn <= 3; turn++) {
      await script.types("hello");
      await script.until("reply-end", turn);
    }
    isDown = false;
    await script.types("hello");
    await script.until("reply-end", 4);
    expect(script.replies).toEqual([
      "Sorry, I have too much to do right now. Please try again in a moment.",
      "I still cannot answer.",
      "I still cannot answer.",
      "Very well.",
    ]);
    expect(script.all("agent-problem").map(({ problem }) => problem)).toEqual(["busy", null]);
  });

  it("does not count an apology that nobody heard", async () => {
    const script = new ConversationScript({ answer: () => [failure("broken")] });
    await script.says("i want to know");
    await script.passes(600);
    await script.says("what time it is");
    await script.until("reply-end");
    expect(script.replies[0]).toMatch(/^Sorry, I cannot think/);
  });

  it("keeps the words that came, and says that the rest is lost", async () => {
    const script = new ConversationScript({ answer: () => ["It is noon. And", failure("broken")] });
    await script.types("hello");
    await script.until("reply-end");
    expect(script.replies).toEqual(["It is noon. And Sorry, I lost my thread there."]);
  });
});

describe("a slow chat model", () => {
  it("lets the agent ask for a moment, twice, and the history knows nothing of it", async () => {
    const { opened, open } = gate();
    const script = new ConversationScript({
      answer: async function* () {
        await opened;
        yield "Here I am.";
      },
    });
    await script.types("hello");
    await script.passes(3_900);
    expect(script.all("reply-start")).toEqual([]);
    await script.passes(200);
    expect(script.all("reply-start")).toHaveLength(1);
    await script.passes(20_000);
    open();
    await script.until("reply-end");
    expect(script.replies).toEqual([
      "One moment, please. I am just waking up. I am still waking up. Here I am.",
    ]);
    await script.types("and now");
    expect(script.lastRequest).toEqual(["Ada: hello", "assistant: Here I am.", "Ada: and now"]);
  });

  it("says that it thinks when it does", async () => {
    const { opened, open } = gate();
    const script = new ConversationScript({
      answer: async function* () {
        yield { type: "thinking" };
        await opened;
        yield "Forty-two.";
      },
    });
    await script.types("hello");
    await script.passes(5_000);
    open();
    await script.until("reply-end");
    expect(script.replies).toEqual(["One moment, please. I am thinking. Forty-two."]);
  });

  it("is heard word by word when its sentence does not come", async () => {
    const script: ConversationScript = new ConversationScript({
      answer: async function* () {
        for (const word of "Could you tell me which of the two trains it is".split(" ")) {
          yield `${word} `;
          await script.clock.delay(1_500);
        }
      },
    });
    await script.types("dribble");
    await script.until("reply-start");
    const startedAtMs = script.clock.now();
    await script.until("reply-end");
    expect(script.synthesizer.clauses[0]).toBe("Could you tell");
    expect(script.synthesizer.clauses.length).toBeGreaterThan(3);
    expect(script.replies).toEqual(["Could you tell me which of the two trains it is"]);
    expect(script.clock.now() - startedAtMs).toBeGreaterThan(10_000);
  });

  it("is not cut into words while there is something left to hear", async () => {
    const script: ConversationScript = new ConversationScript({
      answer: async function* () {
        yield `${"A long sentence that takes a while to say ".repeat(4)}to people. And `;
        await script.clock.delay(3_000);
        yield "then another one.";
      },
    });
    await script.types("hello");
    await script.until("reply-end");
    expect(script.synthesizer.clauses.at(-1)).toBe("And then another one.");
  });
});

describe("reasoning that nothing marked", () => {
  const retraction: ChatPart = { type: "retraction" };

  it("is thrown away before it is heard", async () => {
    const answer = () => ["They want tea. I offer some. ", retraction, "Tea? "];
    const script = new ConversationScript({ answer });
    await script.says("hello there");
    await script.until("reply-end");
    expect(script.replies).toEqual(["Tea?"]);
    const heardMs = script.playout.frames.reduce((ms, { samples }) => ms + samples.length / 16, 0);
    expect(heardMs).toBe("Tea?".length * 20);
  });

  it("leaves transcript and history when some of it was heard", async () => {
    const script: ConversationScript = new ConversationScript({
      answer: async function* () {
        yield "They want tea. ";
        await script.clock.delay(1_000);
        yield retraction;
        yield "Tea?";
      },
    });
    await script.types("hello");
    await script.until("reply-end");
    expect(script.replies).toEqual(["Tea?"]);
    await script.types("yes");
    expect(script.lastRequest).toEqual(["Ada: hello", "assistant: Tea?", "Ada: yes"]);
  });
});
