import { FakeClock } from "@parley/shared/testing/fake-clock";
import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";
import { describe, expect, it } from "vitest";
import type { ChatPart } from "../../contracts/chat-model";
import { heardText } from "./heard-text";
import { Replier } from "./replier";
import { defaultSessionSettings } from "../settings";

/** Speaks for 100 ms what has letters in it, and has no sound for anything else. */
const synthesizer: Synthesizer = {
  name: "short",
  voices: ["plain"],
  sampleRate: 16_000,
  async *speak({ clauses }: SynthesisRequest): AsyncGenerator<SynthesisPart> {
    for await (const text of clauses) {
      yield { type: "clause-start", text };
      if (/\p{L}/u.test(text)) yield { type: "audio", samples: new Int16Array(1_600) };
      yield { type: "clause-end" };
    }
  },
  close: () => Promise.resolve(),
};

async function* source(text: string): AsyncGenerator<ChatPart> {
  await Promise.resolve();
  yield { type: "text-delta", text };
  yield { type: "finish" };
}

async function reply(text: string): Promise<Replier> {
  const replier = new Replier({
    source: () => source(text),
    synthesizer,
    voice: "plain",
    clock: new FakeClock(),
    settings: { ...defaultSessionSettings, sentencePauseMs: 50, playoutLeadMs: Infinity },
    signal: new AbortController().signal,
  });
  await new Promise<void>((resolve) => {
    replier.release({
      onAudio: () => undefined,
      onAudioEnd: () => {
        resolve();
      },
      onFailed: () => undefined,
    });
  });
  return replier;
}

describe("Replier", () => {
  it("remembers what was written, however it is spoken", async () => {
    const { spans } = await reply("It is **$5**.\nSee [it](https://a.com).");
    expect(spans.map(({ text }) => text)).toEqual([
      ...["It is **$5**.", "See [it](https://a.com)."],
    ]);
    expect(heardText(spans, Infinity)).toBe("It is **$5**. See [it](https://a.com).");
  });

  it("pauses between sentences, silent clauses aside", async () => {
    const { spans, producedMs } = await reply("One.\n---\n**Two.**\nThree");
    expect(spans.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      ...[
        [0, 100],
        [100, 100],
        [150, 250],
        [300, 400],
      ],
    ]);
    expect(producedMs).toBe(400);
  });

  it("adds no pause behind the last sound", async () => {
    expect((await reply("Well done! 🎉")).producedMs).toBe(100);
  });
});
