import { systemClock } from "@parley/shared/async/clock";
import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { floatTensor } from "../../runtime/tensors";
import type { Decoding } from "../decoding/decode";
import type { EncodedSound } from "../model/decoder-passes";
import { SegmentSound, windowSamples } from "../segments/segment-sound";
import { HeardSegment } from "./heard-segment";
import { LiveWork } from "./live-work";
import { PartialPace } from "./partial-pace";
import type { SegmentModel } from "./recognize-segment";
import { RunQueue } from "./run-queue";

/** "▁yes" in the vocabulary. */
const yes = 4_874;
const vocabulary = 5_000;

/** Says one word for any sound; encoding waits for `release` while it is held. */
class OneWordModel implements SegmentModel {
  readonly encoded: number[] = [];
  readonly given: number[][] = [];
  isHeld = false;
  release: () => void = () => undefined;

  async encode({ length }: Float32Array): Promise<EncodedSound> {
    this.encoded.push(length / windowSamples);
    if (this.isHeld) {
      await new Promise<void>((resolve) => {
        this.release = resolve;
      });
    }
    return { hidden: floatTensor(new Float32Array(0), [0]), samples: length };
  }

  decoderOver(): Decoding["passes"] {
    let cached = 0;
    return {
      pass: (tokens) => {
        this.given.push([...tokens]);
        const values = new Float32Array(tokens.length * vocabulary);
        tokens.forEach((_, row) => {
          values[row * vocabulary + (cached + row === 0 ? yes : 2)] = 30;
        });
        cached += tokens.length;
        return Promise.resolve({ values, vocabulary });
      },
      keep: () => undefined,
    };
  }
}

let model: OneWordModel;
let pace: PartialPace;
let work: LiveWork;
let segment: HeardSegment;

function speak(windows: number, probability = 0.9): void {
  for (let index = 0; index < windows; index++) {
    segment.sound.push(new Int16Array(windowSamples), probability);
  }
}

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  model = new OneWordModel();
  const clock = { ...systemClock, now: () => 0 };
  pace = new PartialPace(clock);
  work = new LiveWork({ model, queue: new RunQueue(), clock, pace });
  segment = new HeardSegment(new SegmentSound(0));
  segment.isWitnessed = true;
});

describe("LiveWork", () => {
  it("shows what two guesses agree on, the second on the draft of the first", async () => {
    speak(10);
    await work.update([segment]);
    await work.idle();
    expect(segment.text).toBe("");
    speak(9);
    await work.update([segment]);
    await work.idle();
    expect(model.encoded).toEqual([10]);
    speak(1);
    await work.update([segment]);
    await work.idle();
    expect(segment.text).toBe("yes");
    expect(model.given).toEqual([[1], [yes], [1, yes]]);
  });

  it("guesses nothing before the witness has heard a word", async () => {
    segment.isWitnessed = false;
    speak(100);
    await work.update([segment]);
    await work.idle();
    expect(model.encoded).toEqual([]);
    expect(work.overdueWindows(segment)).toBe(0);
  });

  it("does not wait for a guess, and lets a final text take its place", async () => {
    model.isHeld = true;
    speak(20);
    await work.update([segment]);
    await nextTask();
    expect(model.encoded).toEqual([20]);
    speak(5);
    const ended = work.settleEnded([segment]);
    model.isHeld = false;
    model.release();
    await ended;
    const { text } = await work.peek(segment);
    expect(text).toBe("yes");
    // The guess got no further than the run that was under way.
    // Six windows of silence end a final text.
    expect(model.encoded).toEqual([20, 25 + 6]);
    expect(model.given).toEqual([[1], [yes]]);
  });

  it("encodes nothing again for a final text of the same sound", async () => {
    speak(20);
    const first = await work.peek(segment);
    expect(await work.peek(segment)).toBe(first);
    expect(model.encoded).toHaveLength(1);
    speak(1);
    await work.peek(segment);
    await work.settleEnded([segment]);
    expect(model.encoded).toHaveLength(2);
    work.setBooster(null);
    await work.peek(segment);
    expect(model.encoded).toHaveLength(3);
  });

  it("looks for the final text when a pause begins, and has it when it is wanted", async () => {
    speak(20);
    speak(1, 0.1);
    await work.update([segment]);
    await work.idle();
    expect(model.encoded).toEqual([20 + 6]);
    speak(3, 0.1);
    await work.update([segment]);
    await work.settleEnded([segment]);
    expect((await work.peek(segment)).text).toBe("yes");
    // Neither a guess nor another final text: more silence changes nothing.
    expect(model.encoded).toEqual([20 + 6]);
    speak(1);
    expect((await work.peek(segment)).text).toBe("yes");
    expect(model.encoded).toEqual([20 + 6, 25 + 6]);
  });

  it("has a guess give way to the final text that it looks for", async () => {
    model.isHeld = true;
    speak(20);
    await work.update([segment]);
    await nextTask();
    speak(1, 0.1);
    await work.update([segment]);
    model.isHeld = false;
    model.release();
    await work.idle();
    expect(model.encoded).toEqual([20, 20 + 6]);
    // The guess got no further than the run that was under way.
    expect(model.given).toEqual([[1], [yes]]);
  });

  it("waits for the final text that it looks for, when that is wanted meanwhile", async () => {
    model.isHeld = true;
    speak(20);
    speak(2, 0.1);
    await work.update([segment]);
    await nextTask();
    speak(2, 0.1);
    const wanted = [work.peek(segment), work.settleEnded([segment])] as const;
    model.isHeld = false;
    model.release();
    expect((await wanted[0]).text).toBe("yes");
    await wanted[1];
    expect(model.encoded).toEqual([20 + 6]);
  });

  it("looks for the final text of who went on only once it is wanted", async () => {
    model.isHeld = true;
    speak(20);
    speak(2, 0.1);
    await work.update([segment]);
    await nextTask();
    speak(5);
    const wanted = work.peek(segment);
    model.isHeld = false;
    model.release();
    await wanted;
    expect(model.encoded).toEqual([20 + 6, 27 + 6]);
  });

  it("looks for nothing ahead before the witness has heard a word, or while others wait", async () => {
    segment.isWitnessed = false;
    speak(20);
    speak(2, 0.1);
    await work.update([segment]);
    await work.idle();
    segment.isWitnessed = true;
    pace.note(work, 2_000);
    await work.update([segment]);
    await work.idle();
    expect(model.encoded).toEqual([]);
  });

  it("begins a guess after a long pause", async () => {
    speak(20);
    speak(8, 0.1);
    await work.update([segment]);
    await work.idle();
    expect(model.encoded).toEqual([28]);
  });

  it("leaves no listener behind, however many guesses an utterance takes", async () => {
    const listened = vi.spyOn(EventTarget.prototype, "addEventListener");
    for (let guess = 0; guess < 30; guess++) {
      speak(10);
      await work.update([segment]);
      await work.idle();
    }
    const targets = new Set(
      listened.mock.contexts.filter((target) => target instanceof AbortSignal),
    );
    listened.mockRestore();
    expect(model.encoded).toHaveLength(30);
    expect(targets.size).toBeGreaterThan(0);
    for (const target of targets) {
      expect(getEventListeners(target, "abort").length).toBeLessThanOrEqual(1);
    }
  });

  it("drops what is under way when what was said no longer counts", async () => {
    model.isHeld = true;
    speak(20);
    await work.update([segment]);
    await nextTask();
    const abandoned = work.abandon();
    model.release();
    await abandoned;
    expect(segment.draft).toEqual([]);
    expect(model.given).toEqual([]);
  });

  it("rejects waiting work with the reason of its closing", async () => {
    speak(20);
    const peeked = work.peek(segment);
    work.close(new Error("closed"));
    await expect(peeked).rejects.toThrow("closed");
    await work.idle();
  });
});
