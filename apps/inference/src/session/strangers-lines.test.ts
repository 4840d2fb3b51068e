import { describe, expect, it } from "vitest";
import { WordCode } from "@parley/speech/testing/scripted-models";
import { ConversationScript } from "../testing/conversation-script";

const softWords = "what day is it and then he left us all here stop now".split(" ");
const loudWords = "tell me a joke hello there friend of mine today".split(" ");

/** Words whose samples are louder by 14 dB or so than those of a soft voice: more say nothing. */
function room(values: { loud?: number } = {}) {
  const code = new WordCode();
  const { loud = 5 } = values;
  for (let number = 0; number < 12; number++) code.sampleOf(`soft${number}`);
  for (const word of softWords) code.sampleOf(word);
  for (let number = 25; number < 18 * loud; number++) code.sampleOf(`loud${number}`);
  for (const word of loudWords) code.sampleOf(word);
  const asked: string[] = [];
  const script = new ConversationScript({
    code,
    answer: (question) => {
      asked.push(question);
      return ["Very well."];
    },
    settings: { backgroundBelowDb: 9 },
  });
  const first = async () => {
    await script.says("tell me a joke");
    await script.until("reply-end");
    await script.passes(2_000);
  };
  return { script, asked, first };
}

describe("a soft voice in a microphone of which one turn is known", () => {
  it("is answered when it asks and waits, later than whose microphone it is", async () => {
    const { script, asked, first } = room();
    await first();
    await script.says("what day is it");
    await script.passes(1_000);
    expect(asked).toHaveLength(1);
    await script.passes(700);
    expect(asked).toEqual(["tell me a joke", "what day is it"]);
    expect(script.finals).toEqual(["tell me a joke", "what day is it"]);
  });

  it("is not when it goes on, as on television", async () => {
    const { script, asked, first } = room();
    await first();
    await script.says("what day is it");
    await script.passes(900);
    await script.says("and then he left us");
    await script.passes(5_000);
    expect(asked).toEqual(["tell me a joke"]);
    expect(script.finals).toEqual(["tell me a joke"]);
  });

  it("is not when it tells something", async () => {
    const { script, asked, first } = room();
    await first();
    await script.says("then he left us all here");
    await script.passes(5_000);
    expect(asked).toEqual(["tell me a joke"]);
  });

  it("is not when it is softer than people at one microphone are", async () => {
    const { script, asked, first } = room({ loud: 12 });
    await first();
    await script.says("what day is it");
    await script.passes(5_000);
    expect(asked).toEqual(["tell me a joke"]);
  });

  it("is obeyed at once when it wants silence", async () => {
    const { script, first } = room();
    await first();
    await script.says("tell me a joke");
    await script.until("reply-start", 2);
    await script.says("stop");
    await script.passes(200);
    expect(script.all("reply-end").at(-1)?.isInterrupted).toBe(true);
  });
});
