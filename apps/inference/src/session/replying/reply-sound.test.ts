import { FakeClock } from "@parley/shared/testing/fake-clock";
import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";
import { describe, expect, it } from "vitest";
import { ListedChatModel } from "../../testing/listed-chat-model";
import { defaultSessionSettings, type SessionSettings } from "../settings";
import { agentPhrases } from "../words/agent-phrases";
import { heardText } from "./heard-text";
import { ReplyClauses } from "./reply-clauses";
import { ReplySound } from "./reply-sound";

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

/** The sound of a reply that the chat model writes in one piece. */
function soundOf(
  text: string,
  changed: Partial<SessionSettings> = {},
  voice: Synthesizer = synthesizer,
): Promise<ReplySound> {
  const settings = { ...defaultSessionSettings, sentencePauseMs: 50, ...changed };
  const { signal } = new AbortController();
  const stamp = () => undefined;
  return new Promise((resolve, reject) => {
    const clauses = new ReplyClauses({
      content: { type: "conversation", messages: [] },
      chatModel: new ListedChatModel(() => [text]),
      settings,
      clock: new FakeClock(),
      language: "en",
      phrases: agentPhrases("en"),
      signal,
      tools: null,
      stamp,
      isStarved: () => false,
      onFailed: (error) => {
        reject(error);
        return "";
      },
      onRetracted: () => false,
      onUsage: () => undefined,
    });
    const sound = new ReplySound({
      clauses,
      synthesizer: voice,
      language: "en",
      voice: "plain",
      settings,
      signal,
      stamp,
      onSound: () => undefined,
      onFailed: reject,
      onSilent: (isWritten) => (isWritten ? "Written." : "Nothing."),
      onEnded: () => {
        resolve(sound);
      },
    });
  });
}

describe("ReplySound", () => {
  it("remembers what was written, however it is spoken", async () => {
    const { spans } = await soundOf("It is **$5**.\nSee [it](https://a.com).");
    expect(spans.map(({ text }) => text)).toEqual([
      ...["It is **$5**.", "See [it](https://a.com)."],
    ]);
    expect(heardText(spans, Infinity)).toBe("It is **$5**. See [it](https://a.com).");
  });

  it("pauses between sentences, silent clauses aside", async () => {
    const { spans, madeMs } = await soundOf("One.\n---\n**Two.**\nThree");
    expect(spans.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      ...[
        [0, 100],
        [100, 100],
        [150, 250],
        [300, 400],
      ],
    ]);
    expect(madeMs).toBe(400);
  });

  it.each([
    ["🎉 👍", "🎉 👍 Written."],
    ["... !!!", "... !!! Written."],
    ["", "Nothing."],
    [" \n ", "Nothing."],
  ])(
    "speaks a sentence where nothing has a sound, and shows what there is: %j",
    async (text, heard) => {
      const { spans, madeMs } = await soundOf(text);
      expect(heardText(spans, Infinity)).toBe(heard);
      expect(madeMs).toBe(100);
    },
  );

  it.each([
    ["fast-start" as const, [["fast-start", 3]]],
    [
      "batch" as const,
      [
        ["fast-start", 1],
        ["batch", 2],
      ],
    ],
  ])("has later clauses made as the settings say: %s", async (laterClauses, made) => {
    const requests: [string | undefined, number][] = [];
    const watched: Synthesizer = {
      ...synthesizer,
      async *speak(request) {
        const asked: [string | undefined, number] = [request.quality, 0];
        requests.push(asked);
        for await (const part of synthesizer.speak(request)) {
          if (part.type === "clause-start") asked[1]++;
          yield part;
        }
      },
    };
    const { spans, madeMs } = await soundOf("One.\n**Two.**\nThree", { laterClauses }, watched);
    expect(requests).toEqual(made);
    expect(heardText(spans, Infinity)).toBe("One. **Two.** Three");
    expect(madeMs).toBe(400);
  });

  it("adds no pause behind the last sound", async () => {
    expect((await soundOf("Well done! 🎉")).madeMs).toBe(100);
  });
});
