import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recognition, Recognizer } from "../contracts/recognizer";
import { randomPieces } from "../testing/audio-fixtures";

export type RecognizerSubject = {
  name: string;
  open: () => Promise<Recognizer>;
  /** Two recordings of speech at 16 kHz in which the engine hears different words. */
  recordings: readonly [Int16Array, Int16Array];
  /** The text of the first recording, where the model is a real one. */
  text?: string;
  /** False for engines that give no tokens and words. */
  hasTimes?: boolean;
  /** False for engines that cannot prefer phrases. */
  hasPhrases?: boolean;
  /**
   * True for engines on other machines whose protocol has no copy of a state: asking for the settled
   * words within a word disturbs it, and in a pause it does not.
   */
  settlesInPauses?: boolean;
};

/** Capacity depends on the machine and is no promise: files are always let in. */
const offline = { isOffline: true };

/** The promises of the `Recognizer` contract, which every engine keeps. */
export function describeRecognizer(subject: RecognizerSubject): void {
  const { open, recordings, text, hasTimes = true, hasPhrases = true } = subject;
  const [recording, other] = recordings;
  const peekEverySamples = subject.settlesInPauses === true ? recording.length : 7_000;

  describe(`${subject.name} as a recogniser`, () => {
    let recognizer: Recognizer;
    let alone: Recognition;
    let otherAlone: Recognition;

    async function recognize(samples: Int16Array, pieces = [samples]): Promise<Recognition> {
      const stream = await recognizer.open(offline);
      for (const piece of pieces) await stream.write(piece);
      const settled = await stream.finish();
      stream.close();
      return settled;
    }

    beforeAll(async () => {
      recognizer = await open();
      alone = await recognize(recording);
      otherAlone = await recognize(other);
    });

    afterAll(() => recognizer.close());

    it("has a name and says what an operator should know", () => {
      expect(recognizer.name).not.toBe("");
      expect(recognizer.remarks.every((remark) => remark !== "")).toBe(true);
    });

    it("hears words, without spaces around them", () => {
      if (text !== undefined) expect(alone.text).toBe(text);
      expect(alone.text).not.toBe("");
      expect(alone.text).toBe(alone.text.trim());
      expect(otherAlone.text).not.toBe(alone.text);
    });

    it.runIf(hasTimes)("places words and tokens in the sound, in order", () => {
      const { words, tokens } = alone;
      const lengthMs = recording.length / speechSamplesPerMs;
      expect(words.map((word) => word.text).join(" ")).toBe(alone.text);
      for (const { startMs, endMs, confidence } of words) {
        expect(startMs).toBeGreaterThanOrEqual(0);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(startMs).toBeLessThan(lengthMs);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
      const starts = words.map(({ startMs }) => startMs);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      expect(tokens.length).toBeGreaterThan(0);
      const tokenStarts = tokens.map(({ startMs }) => startMs);
      expect(tokenStarts).toEqual(tokenStarts.toSorted((a, b) => a - b));
    });

    it("does not depend on how the sound is cut", async () => {
      const pieces = randomPieces(recording, 4_000, 1);
      expect(await recognize(recording, pieces)).toEqual(alone);
    });

    it("takes sound of no length, and hears nothing in nothing", async () => {
      const stream = await recognizer.open(offline);
      expect(await stream.write(new Int16Array(0))).toMatchObject({ text: "", endings: [] });
      expect(await stream.finish()).toEqual({ text: "", tokens: [], words: [] });
      stream.close();
    });

    it("peeks at the end without disturbing the stream", async () => {
      const stream = await recognizer.open(offline);
      for (let at = 0; at < recording.length; at += peekEverySamples) {
        await stream.write(recording.subarray(at, at + peekEverySamples));
        await stream.peekFinal();
      }
      const peeked = await stream.peekFinal();
      expect(await stream.finish()).toEqual(peeked);
      expect(peeked).toEqual(alone);
      stream.close();
    });

    it("begins anew, times included, after it has finished and after a reset", async () => {
      const stream = await recognizer.open(offline);
      await stream.write(other);
      expect(await stream.finish()).toEqual(otherAlone);
      await stream.write(other);
      await stream.reset();
      await stream.write(recording);
      expect(await stream.finish()).toEqual(alone);
      stream.close();
    });

    it("works through calls in order, and leaves callers their memory", async () => {
      const stream = await recognizer.open(offline);
      const samples = recording.slice();
      const half = samples.length >> 1;
      const calls = [
        stream.write(samples.subarray(0, half)),
        stream.write(samples.subarray(half)),
        stream.finish(),
      ] as const;
      samples.fill(0);
      expect((await Promise.all(calls))[2]).toEqual(alone);
      stream.close();
    });

    it("keeps streams apart that hear at the same time", async () => {
      const together = await Promise.all(
        [recording, other, recording].map((samples, index) =>
          recognize(samples, randomPieces(samples, 5_000, index + 1)),
        ),
      );
      expect(together.map((heard) => heard.text)).toEqual([
        alone.text,
        otherAlone.text,
        alone.text,
      ]);
    });

    it("says how far behind it is", async () => {
      const stream = await recognizer.open(offline);
      const { behindMs } = await stream.write(recording);
      expect(behindMs).toBeGreaterThanOrEqual(0);
      stream.close();
    });

    it.runIf(hasPhrases)("takes phrases at the start and later, and goes on hearing", async () => {
      const stream = await recognizer.open({ ...offline, phrases: ["Parley"] });
      await stream.write(recording);
      await stream.setPhrases(["Nemotron", "Magpie"]);
      expect((await stream.finish()).text).not.toBe("");
      await stream.setPhrases([]);
      await stream.write(recording);
      expect(await stream.finish()).toEqual(alone);
      stream.close();
    });

    it("rejects the calls of a closed stream, and leaves others alone", async () => {
      const [closing, staying] = [await recognizer.open(offline), await recognizer.open(offline)];
      const calls = [closing.write(recording), closing.write(recording), closing.finish()];
      closing.close();
      closing.close();
      for (const call of calls) {
        await expect(call).rejects.toMatchObject({ code: "invalid-state" });
      }
      await expect(closing.peekFinal()).rejects.toMatchObject({ code: "invalid-state" });
      await staying.write(recording);
      expect(await staying.finish()).toEqual(alone);
      staying.close();
    });

    it("closes its streams with itself, twice without harm", async () => {
      const own = await open();
      const stream = await own.open(offline);
      const running = stream.write(recording);
      const rejected = expect(running).rejects.toMatchObject({ code: "invalid-state" });
      await own.close();
      await own.close();
      await rejected;
      await expect(stream.finish()).rejects.toMatchObject({ code: "invalid-state" });
      await expect(own.open()).rejects.toMatchObject({ code: "invalid-state" });
    });
  });
}
