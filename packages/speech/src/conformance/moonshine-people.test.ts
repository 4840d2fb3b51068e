import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recognizer } from "../contracts/recognizer";
import { openRecognizer } from "../engines/open-recognizer";
import { conversationMoonshine } from "../engines/recognizer-choice";
import { builtinModel, moonshineModel } from "../testing/builtin-model";
import { loadPeople } from "../testing/people";
import { scoredWordErrors, scoredWords } from "../testing/scored-words";
import { soundsWithoutSpeech } from "../testing/sounds";

const people = loadPeople();
const frame = 320;
let recognizer: Recognizer;

beforeAll(async () => {
  recognizer = await openRecognizer(conversationMoonshine({ model: moonshineModel }, builtinModel));
});

afterAll(() => recognizer.close());

/** Share of wrong words over these recordings. */
async function wordErrorRate(
  recordings: typeof people,
  hear: (samples: Int16Array) => Promise<string>,
): Promise<number> {
  let errors = 0;
  let words = 0;
  for (const recording of recordings) {
    const score = scoredWordErrors(recording.words, await hear(recording.samples));
    errors += score.errors;
    words += score.words;
  }
  return errors / words;
}

describe("Moonshine on people", () => {
  it("understands recordings", async () => {
    const rate = await wordErrorRate(people, async (samples) => {
      const stream = await recognizer.open({ isOffline: true });
      await stream.write(samples);
      const { text } = await stream.finish();
      stream.close();
      // A lost recording of one word is a small share of all: "six" ends without a voice.
      expect(text).not.toBe("");
      return text;
    });
    expect(rate).toBeLessThan(0.1);
  });

  it("understands live speakers frame by frame, and the beginning early", async () => {
    let shown = 0;
    const everySecond = people.filter((_, index) => index % 2 === 0);
    const rate = await wordErrorRate(everySecond, async (samples) => {
      const stream = await recognizer.open();
      let latest = "";
      for (let at = 0; at < samples.length; at += frame) {
        latest = (await stream.write(samples.subarray(at, at + frame))).text;
      }
      const peeked = await stream.peekFinal();
      const settled = await stream.finish();
      expect(scoredWords(settled.text)).toEqual(scoredWords(peeked.text));
      stream.close();
      if (latest !== "") shown++;
      return settled.text;
    });
    expect(rate).toBeLessThan(0.1);
    // Sound comes faster than in life here, so that few partial words have time to appear.
    expect(shown).toBeGreaterThan(0);
  });

  it("prefers phrases, and hears none that nobody said", async () => {
    const hear = async (file: string, phrases: readonly string[]) => {
      const samples = people.find((recording) => recording.file === file)?.samples;
      const stream = await recognizer.open({ isOffline: true, phrases });
      await stream.write(samples ?? new Int16Array(0));
      const { text } = await stream.finish();
      stream.close();
      return scoredWords(text).join(" ");
    };
    expect(await hear("ps-005.wav", ["clubs"])).toContain("four of clubs");
    const names = ["Ada Lovelace", "Grace", "Wei", "Anna", "Ben", "Mark", "Will", "Parley"];
    for (const file of ["ps-0890.wav", "mfa-talk5.wav", "ms-cities3.wav"]) {
      expect(await hear(file, names)).toBe(await hear(file, []));
    }
  });

  it("says that words are coming before it shows them", async () => {
    const stream = await recognizer.open();
    const samples = people.find(({ file }) => file === "ps-0890.wav")?.samples ?? new Int16Array(0);
    const early = await stream.write(samples.subarray(0, 12_800));
    expect(early).toMatchObject({ text: "", areWordsComing: true });
    stream.close();
  });

  it("cuts a long speech into segments and joins their words", async () => {
    const twice = people.filter(({ file }) => ["ps-0890.wav", "ms-cities3.wav"].includes(file));
    const sounds = [...twice, ...twice];
    const stream = await recognizer.open({ isOffline: true });
    for (const { samples } of sounds) await stream.write(samples);
    const { text, words } = await stream.finish();
    const said = sounds.map((recording) => recording.words).join(" ");
    const score = scoredWordErrors(said, text);
    expect(score.errors / score.words).toBeLessThan(0.1);
    expect(words.every(({ isTimeEstimated }) => isTimeEstimated)).toBe(true);
    // The last word lies near the end of the sound.
    const lengthMs = sounds.reduce((sum, { samples }) => sum + samples.length, 0) / 16;
    expect(words.at(-1)?.endMs).toBeGreaterThan(lengthMs - 1_500);
    stream.close();
  });
});

describe("Moonshine on sounds without speech", () => {
  it.each([...soundsWithoutSpeech()])("hears no words in %s", async (_name, samples) => {
    const stream = await recognizer.open({ isOffline: true });
    expect((await stream.write(samples)).text).toBe("");
    expect((await stream.finish()).text).toBe("");
    stream.close();
  });
});
