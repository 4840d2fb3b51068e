import { expect, it } from "vitest";
import type { PlayedScene } from "../play-scene";
import { judgeOverlap, judgeRoom } from "./judge-company";

function played(replies: readonly number[], people = ["Robin", "Kim"]): PlayedScene {
  return {
    said: [
      { who: "Robin", parts: [{ fromMs: 600, toMs: 2_000 }] },
      { who: "Kim", parts: [{ fromMs: 2_200, toMs: 4_000 }] },
    ],
    heard: replies.map((fromMs, index) => ({
      fromMs,
      toMs: fromMs + 500,
      replyId: `reply ${index}`,
    })),
    notices: [],
    lines: people.map((who) => ({ who, text: "words" })),
    replies: [],
  };
}

const remarks = ["Kim, where are you?", "I am here."];
const called = ["Kim, what time is it?", "Let us ask. Parley, what time is it?"];

it("counts the remarks that were answered, and a story before them as none", () => {
  expect(judgeRoom(played([300]), remarks)).toMatchObject({ remarks: 2, answered: 0 });
  expect(judgeRoom(played([2_100, 4_500]), remarks)).toMatchObject({ remarks: 2, answered: 2 });
});

it("wants the line answered that calls the agent", () => {
  const answered = { remarks: 1, answered: 0, isCallAnswered: true };
  expect(judgeRoom(played([4_400]), called)).toMatchObject(answered);
  expect(judgeRoom(played([]), called)).toMatchObject({ isCallAnswered: false });
});

it("misses the line of somebody who is not in the transcript", () => {
  expect(judgeOverlap(played([], ["Kim"]))).toEqual({ type: "overlap", linesLost: 1 });
});
