import { afterEach, describe, expect, it } from "vitest";
import type { ChatRequest } from "../contracts/chat-model";
import { ConversationScript } from "../testing/conversation-script";
import { story, UnhurriedSynthesizer } from "../testing/conversation-table";

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
});

/** A chat server that writes a sentence, and the next one when it is wanted. */
function converse() {
  const written: string[] = [];
  async function* answer(_question: string, { whenWanted, signal }: ChatRequest) {
    for (const sentence of story) {
      written.push(sentence);
      yield sentence;
      await whenWanted?.(signal);
    }
  }
  const script = new ConversationScript({ answer, synthesizer: new UnhurriedSynthesizer() });
  scripts.push(script);
  return { script, written };
}

describe("a chat server that shares a graphics card with the voice", () => {
  it("rests while nobody hears the reply, and writes on as it is spoken", async () => {
    const { script, written } = converse();
    await script.says("I wonder what happened");
    await script.passes(600);
    expect(script.all("reply-start")).toEqual([]);
    // The end of a sentence is certain once another follows.
    expect(written).toHaveLength(2);
    await script.until("reply-start");
    await script.passes(1_000);
    expect(written.length).toBeLessThan(story.length);
    await script.until("reply-end", 1, 60_000);
    expect(script.replies).toEqual([story.join("").trim()]);
  });

  it("writes no more for a reply that is cut off", async () => {
    const { script, written } = converse();
    await script.says("tell me a story");
    await script.until("reply-start");
    await script.passes(1_000);
    const before = written.length;
    await script.interrupts();
    await script.passes(20_000);
    expect(written).toHaveLength(before);
    expect(script.chatModel.running).toBe(0);
  });
});
