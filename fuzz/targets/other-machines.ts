import {
  readRecognizerNotice,
  recognitionIn,
} from "@parley/speech/remote/recognition/recognizer-notice";
import { RivaResults } from "@parley/speech/remote/riva/riva-results";
import { rivaVoiceDescription } from "@parley/speech/remote/riva/riva-voice-description";
import { workerCardSchema, workerLeaseSchema } from "@parley/shared/protocol/worker-card";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { messageTexts } from "../inputs/nearly";

const card = {
  workerId: "worker-1",
  protocol: 2,
  version: "0.1.0",
  isReady: true,
  isDraining: false,
  models: { hears: "ear", thinks: "brain", speaks: "voice" },
  voices: ["slt"],
  languages: ["en"],
  capacity: 4,
  load: 0.5,
  chat: "answers",
};

const messages = [
  { type: "ready", features: ["settle"], engine: "ear", doubtful_below: 0.5 },
  {
    type: "transcript",
    text: "hello",
    is_final: true,
    behind_ms: 20,
    words: [{ text: "hello", startMs: 0, endMs: 200, confidence: 0.9 }],
    tokens: [{ id: 1, startMs: 0, durationMs: 80, confidence: 0.9 }],
  },
  { type: "error", message: "full", code: "at-capacity" },
  {
    results: [
      {
        is_final: true,
        alternatives: [
          {
            transcript: "hello",
            words: [{ word: "hello", start_time: 0, end_time: 200, confidence: 0.9 }],
          },
        ],
      },
    ],
  },
  {
    model_config: [
      { model_name: "m", parameters: { voice_name: "V", subvoices: "a:0", language_code: "en" } },
    ],
  },
  card,
  { url: "ws://10.0.0.7:8080", card },
];

export const otherMachines = fuzzTarget({
  name: "other-machines",
  about: "what recognisers, voices and workers on other machines send, as it is read",
  inputs: fc.array(messageTexts(messages), { maxLength: 10 }),
  open: () => ({
    check: async (input) => {
      const results = new RivaResults();
      for (const text of input) {
        await expectCoded(() => {
          const notice = readRecognizerNotice(text);
          if (notice?.type === "transcript") recognitionIn(notice);
        });
        const parsed = parsedJson(text);
        await expectCoded(() => {
          results.take(parsed, 0);
          results.recognition();
          rivaVoiceDescription(parsed, "", null);
          workerCardSchema.safeParse(parsed);
          workerLeaseSchema.safeParse(parsed);
        });
      }
    },
  }),
});

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
