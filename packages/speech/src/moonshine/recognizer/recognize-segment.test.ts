import { describe, expect, it } from "vitest";
import { floatTensor } from "../../runtime/tensors";
import { SegmentSound, windowSamples } from "../segments/segment-sound";
import { toTokenWords } from "../transcript/token-words";
import { settleSegment, type SegmentModel } from "./recognize-segment";

/** "▁yes" in the vocabulary. */
const yes = 4_874;
const vocabulary = 5_000;

/** Says `words` words for any sound, as sure as `logit`; keeps the lengths it was given, in windows. */
function modelThatSays(words: number, logit = 30) {
  const encoded: number[] = [];
  const model: SegmentModel = {
    encode: ({ length }) => {
      encoded.push(length / windowSamples);
      return Promise.resolve({ hidden: floatTensor(new Float32Array(0), [0]), samples: length });
    },
    decoderOver: () => {
      let cached = 0;
      return {
        pass: (tokens) => {
          const values = new Float32Array(tokens.length * vocabulary);
          tokens.forEach((_, row) => {
            values[row * vocabulary + (cached + row < words ? yes : 2)] = logit;
          });
          cached += tokens.length;
          return Promise.resolve({ values, vocabulary });
        },
        keep: () => undefined,
      };
    },
  };
  return { model, encoded };
}

function soundOf(voiced: number, silent: number): SegmentSound {
  const sound = new SegmentSound(0);
  for (let index = 0; index < voiced + silent; index++) {
    sound.push(new Int16Array(windowSamples), index < voiced ? 0.9 : 0.1);
  }
  return sound;
}

const agreedYes = toTokenWords([{ id: yes, logProbability: -0.1 }]);

function settle(
  model: SegmentModel,
  agreed = agreedYes,
  { sound = soundOf(30, 4), isWitnessed = true } = {},
) {
  const run = <Result>(task: () => Promise<Result>) => task();
  return settleSegment({ model, sound, draft: [], agreed, isWitnessed, booster: null, run });
}

describe("settleSegment", () => {
  it("takes what the model is sure of, whatever guesses said before", async () => {
    const { settled } = await settle(modelThatSays(3).model);
    expect(settled.text).toBe("yes yes yes");
    expect((await settle(modelThatSays(3).model, [])).settled.text).toBe("yes yes yes");
  });

  it("tries a loop again in halves, and keeps what guesses had agreed on", async () => {
    const { model, encoded } = modelThatSays(Infinity);
    const { settled } = await settle(model);
    expect(encoded).toHaveLength(3);
    expect(settled).toMatchObject({ text: "yes", words: [{ isTimeEstimated: true }] });
    expect((await settle(model, [])).settled.text).toBe("");
  });

  it("keeps what guesses had agreed on when the end makes the model doubt", async () => {
    expect((await settle(modelThatSays(3, 1).model)).settled.text).toBe("yes");
    expect((await settle(modelThatSays(3, 1).model, [])).settled.text).toBe("");
  });

  it("believes only what is sure where the witness heard nothing", async () => {
    const unwitnessed = { isWitnessed: false };
    // Of 5,000 tokens that makes a probability of 0.75, and of 0.97.
    expect((await settle(modelThatSays(3, 9.6).model, [], unwitnessed)).settled.text).toBe("");
    expect((await settle(modelThatSays(3, 12).model, [], unwitnessed)).settled.text).not.toBe("");
    expect((await settle(modelThatSays(3, 9.6).model, [])).settled.text).not.toBe("");
    expect((await settle(modelThatSays(Infinity).model, [], unwitnessed)).settled.text).toBe("");
  });

  it("takes eight tokens in a second of speech", async () => {
    const { settled } = await settle(modelThatSays(8).model, [], { sound: soundOf(27, 4) });
    expect(settled.words).toHaveLength(8);
  });
});
