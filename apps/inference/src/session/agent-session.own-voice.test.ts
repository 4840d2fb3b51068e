import { describe, expect, it } from "vitest";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";

const story = [
  "Once upon a time there was a robot. ",
  "It lived by the sea. ",
  "Every day it sang. ",
  "Then it slept until the morning came.",
];

async function duringStory(options: ScriptOptions = {}) {
  const script = new ConversationScript({ answer: () => story, ...options });
  await script.says("tell me a story");
  await script.until("reply-spoken", 4);
  return script;
}

describe("the agent's own voice in a microphone", () => {
  it.each(["one's app", "Once a pond."])(
    "is taken back though it was misheard: %s",
    async (text) => {
      const script = await duringStory();
      await script.says(text);
      await script.until("reply-end");
      expect(script.all("reply-cancel")).toEqual([]);
      expect(script.all("transcript-retract")).toHaveLength(1);
      expect(script.finals).toEqual(["tell me a story"]);
      expect(script.replies).toEqual([story.join("")]);
    },
  );

  it("is not answered when it outlasts the reply", async () => {
    const script = new ConversationScript({ answer: () => ["It lived by the sea."] });
    await script.says("tell me a story");
    await script.until("reply-spoken");
    script.begins("it lift buy the see");
    await script.until("reply-end");
    await script.passes(4_000);
    expect(script.all("reply-start")).toHaveLength(1);
    expect(script.finals).toEqual(["tell me a story"]);
  });

  it("is not answered when it cut the reply off, which goes on from the word that was cut", async () => {
    const script = await duringStory();
    // Words at once could go on with the question.
    await script.passes(1_200);
    await script.says("heard once upon a time there");
    const { text } = await script.until("reply-end");
    const silentSinceMs = script.clock.now();
    await script.until("reply-start", 2);
    expect(script.clock.now() - silentSinceMs).toBeLessThanOrEqual(2_000);
    await script.until("reply-end", 2);
    await script.passes(4_000);
    expect(script.all("reply-cancel")).toHaveLength(1);
    expect(script.finals).toEqual(["tell me a story"]);
    expect(script.replies).toEqual([`${text}/`, story.join("").slice(text.length).trim()]);
    expect(script.chatModel.requests.length).toBeLessThanOrEqual(2);
  });

  it("does not keep people from quoting it a while later", async () => {
    const script = await duringStory();
    await script.until("reply-end");
    await script.passes(2_000);
    await script.says("once upon a time there was a robot");
    await script.until("reply-start", 2);
    expect(script.finals.at(-1)).toBe("once upon a time there was a robot");
  });
});

describe("the first three seconds", () => {
  it("hold no reply for sound without words, and stop it for words", async () => {
    const settings = { echoWarmUpMs: 3_000 };
    const script = new ConversationScript({ greeting: "Hello! I am listening to you.", settings });
    await script.until("reply-spoken");
    await script.coughs(400);
    expect(script.all("reply-hold")).toEqual([]);
    await script.says("what time is it");
    expect(script.all("reply-cancel")).toHaveLength(1);
  });

  it("are over after three seconds", async () => {
    const script = new ConversationScript({
      answer: () => story,
      settings: { echoWarmUpMs: 3_000 },
    });
    await script.passes(3_000);
    await script.says("tell me a story");
    await script.until("reply-spoken");
    await script.coughs(400);
    expect(script.all("reply-hold")).toHaveLength(1);
  });
});
