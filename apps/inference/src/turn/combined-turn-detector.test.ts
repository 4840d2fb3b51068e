import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { EndingDetector } from "@parley/speech/contracts/ending-detector";
import { describe, expect, it } from "vitest";
import type { TurnQuestion, UtteranceKind } from "../contracts/turn-detector";
import { CombinedTurnDetector } from "./combined-turn-detector";
import { kindWithSound } from "./kind-with-sound";
import { SwitchableEndingDetector } from "./switchable-ending-detector";
import { TranscriptTurnDetector } from "./transcript-turn-detector";

const question: TurnQuestion = {
  text: "i live in boston",
  language: "en",
  agentsQuestion: null,
  names: [],
  recentAudio: new Int16Array(16_000),
  heardEnding: null,
};
const { signal } = new AbortController();
const sounds = (probability: EndingDetector["probability"]) => ({ name: "sounds", probability });

function combined(sound: EndingDetector) {
  const clock = new FakeClock();
  const failures: unknown[] = [];
  const detector = new CombinedTurnDetector({
    words: new TranscriptTurnDetector(),
    sound,
    clock,
    onFailed: (error) => {
      failures.push(error);
    },
  });
  return { clock, failures, detector };
}

describe("kindWithSound", () => {
  it.each<[UtteranceKind, number | null, UtteranceKind]>([
    ["told", 0.01, "unsure"],
    ["told", 0.03, "told"],
    ["told", 0.99, "told"],
    ["told", null, "told"],
    ["unsure", 0.99, "told"],
    ["unsure", 0.9, "unsure"],
    ["unsure", 0.01, "unsure"],
    ["asked", 0.001, "asked"],
    ["open", 0.999, "open"],
    ["row", 0.999, "row"],
  ])("moves what words leave open by one step at most: %s, %s", (kind, probability, expected) => {
    expect(kindWithSound(kind, probability)).toBe(expected);
  });
});

describe("CombinedTurnDetector", () => {
  it("judges words at once, and the sound afterwards", async () => {
    const { detector } = combined(sounds(() => Promise.resolve(0.01)));
    expect(await detector.estimate(question, signal)).toBe("told");
    expect(await detector.reconsider(question, "told", signal)).toBe("unsure");
  });

  it("asks nothing of the sound where words are sure", async () => {
    const { detector } = combined(
      sounds(() => {
        throw new Error("asked");
      }),
    );
    for (const kind of ["asked", "open", "row"] as const)
      expect(await detector.reconsider(question, kind, signal)).toBe(kind);
  });

  it("does without a sound that is judged too late, or not at all", async () => {
    const { clock, detector, failures } = combined(
      sounds(
        (_, limit) =>
          new Promise((_resolve, reject) => {
            limit.addEventListener("abort", () => {
              reject(limit.reason as Error);
            });
          }),
      ),
    );
    const late = detector.reconsider(question, "told", signal);
    await clock.advance(500);
    expect(await late).toBe("told");
    expect(failures).toEqual([]);
    const broken = combined(sounds(() => Promise.reject(new Error("broken"))));
    expect(await broken.detector.reconsider(question, "told", signal)).toBe("told");
    expect(broken.failures).toHaveLength(1);
  });

  it("gives up when the speaker goes on", async () => {
    const pause = new AbortController();
    const { detector } = combined(
      sounds((_, limit) => {
        pause.abort();
        return Promise.reject(limit.reason as Error);
      }),
    );
    await expect(detector.reconsider(question, "told", pause.signal)).rejects.toThrow();
  });
});

describe("SwitchableEndingDetector", () => {
  it("closes the former one once it has answered", async () => {
    const closed: string[] = [];
    let answer: (value: number) => void = () => undefined;
    const closes = (name: string) => () => {
      closed.push(name);
      return Promise.resolve();
    };
    const slow = new Promise<number>((resolve) => {
      answer = resolve;
    });
    const detector = new SwitchableEndingDetector({
      ...sounds(() => slow),
      close: closes("first"),
    });
    const asked = detector.probability(new Int16Array(0), signal);
    detector.replace({ ...sounds(() => Promise.resolve(0.2)), close: closes("second") });
    expect(await detector.probability(new Int16Array(0), signal)).toBe(0.2);
    expect(closed).toEqual([]);
    answer(0.7);
    expect(await asked).toBe(0.7);
    await Promise.resolve();
    await detector.close();
    expect(closed).toEqual(["first", "second"]);
  });
});
