import { describe, expect, it } from "vitest";
import type { PlayedScene, Span } from "../play-scene";
import { judgeUtterance } from "./judge-utterance";

const parts = [
  { fromMs: 600, toMs: 1_600 },
  { fromMs: 2_300, toMs: 3_000 },
];

function played(heard: readonly Span[], lines = 1): PlayedScene {
  return {
    said: [{ who: "Robin", parts }],
    heard: heard.map((span, index) => ({ ...span, replyId: `reply ${index}` })),
    notices: [],
    lines: Array.from({ length: lines }, () => ({ who: "Robin", text: "words" })),
    replies: [],
  };
}

describe("judgeUtterance", () => {
  it("measures from the last word to the first sound after it", () => {
    expect(judgeUtterance(played([{ fromMs: 3_400, toMs: 5_000 }]))).toEqual({
      type: "utterance",
      pauses: [{ ms: 700, isSpokenInto: false }],
      isCutOff: false,
      waitMs: 400,
      withdrawalsMs: [],
      turns: 1,
    });
  });

  it("counts a reply that begins in the pause, and how long it went on against the speaker", () => {
    const wrong = { fromMs: 2_000, toMs: 2_560 };
    const outcome = judgeUtterance(played([wrong, { fromMs: 3_400, toMs: 5_000 }], 2));
    expect(outcome.pauses).toEqual([{ ms: 700, isSpokenInto: true }]);
    expect(outcome).toMatchObject({ withdrawalsMs: [260], waitMs: 400, turns: 2 });
  });

  it("counts one that is noticed late from its own beginning", () => {
    const outcome = judgeUtterance(played([{ fromMs: 2_400, toMs: 2_600 }]));
    expect(outcome).toMatchObject({ pauses: [{ isSpokenInto: true }], withdrawalsMs: [200] });
  });

  it("takes a reply that was over in time for no withdrawal", () => {
    expect(judgeUtterance(played([{ fromMs: 1_900, toMs: 2_200 }])).withdrawalsMs).toEqual([]);
  });

  it("tells a reply into fluent words, and one that never comes", () => {
    const outcome = judgeUtterance(played([{ fromMs: 1_000, toMs: 1_200 }]));
    expect(outcome).toMatchObject({ isCutOff: true, waitMs: null });
    expect(outcome.pauses).toEqual([{ ms: 700, isSpokenInto: false }]);
  });
});
