import { describe, expect, it } from "vitest";
import { defaultSessionSettings } from "../settings";
import { SpeechGate } from "./speech-gate";

function changes(probabilities: readonly number[]): string {
  const gate = new SpeechGate(defaultSessionSettings, 32);
  const marks = { started: "<", stopped: ">" };
  return probabilities
    .map((probability) => gate.step(probability))
    .map((change) => (change === null ? "." : marks[change]))
    .join("");
}

describe("SpeechGate", () => {
  it("opens after two loud windows and closes after 128 ms of silence", () => {
    expect(changes([0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1])).toBe(".<....>.");
  });

  it("does not open for a click", () => {
    expect(changes([0.9, 0.1, 0.9, 0.1])).toBe("....");
  });

  it("stirs before it opens", () => {
    const gate = new SpeechGate(defaultSessionSettings, 32);
    const onsets = [0.1, 0.9, 0.9, 0.1].map((probability) => {
      gate.step(probability);
      return gate.isOnsetPossible;
    });
    expect(onsets).toEqual([false, true, false, false]);
  });

  it("stays open over a stop consonant", () => {
    expect(changes([0.9, 0.9, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1])).toBe(".<......");
  });

  it("neither opens nor begins to close between the thresholds", () => {
    expect(changes([0.4, 0.4, 0.9, 0.9, 0.4, 0.4, 0.4, 0.4, 0.4])).toBe("...<.....");
  });

  it("goes on closing between the thresholds", () => {
    expect(changes([0.9, 0.9, 0.1, 0.4, 0.4, 0.4])).toBe(".<...>");
  });
});
