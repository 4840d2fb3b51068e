import type { MemberId, ReplyId, TurnId } from "@parley/shared/protocol/ids";
import { newId } from "@parley/shared/protocol/ids";
import { expect, it } from "vitest";
import { pairExchanges, soundSpans } from "./exchanges";

it("groups chunks into stretches across short pauses", () => {
  const chunks = [0, 10, 20, 500, 510, 3_000].map((atMs) => ({ atMs, level: 0.1 }));
  chunks.push({ atMs: 4_000, level: 0 });
  expect(soundSpans(chunks, 0.01, 600)).toEqual([
    { startMs: 0, endMs: 510 },
    { startMs: 3_000, endMs: 3_000 },
  ]);
});

it("splits the time of an exchange into parts that add up, and counts the unanswered", () => {
  const timings = {
    turnId: newId<TurnId>(),
    replyId: newId<ReplyId>(),
    memberId: newId<MemberId>(),
    speechEndedAtMs: 1_020,
    vadStoppedAtMs: 1_150,
    transcriptFinalAtMs: 1_155,
    turnDecidedAtMs: 1_220,
    chatFirstTextAtMs: 1_160,
    firstClauseAtMs: 1_161,
    firstAudioAtMs: 1_190,
    playoutStartedAtMs: 1_235,
  };
  const { exchanges, unanswered } = pairExchanges(
    [
      { startMs: 0, endMs: 1_000 },
      { startMs: 9_000, endMs: 9_500 },
    ],
    [
      { startMs: 1_005, endMs: 1_015 },
      { startMs: 1_280, endMs: 2_000 },
    ],
    [timings],
  );
  expect(unanswered).toBe(1);
  expect(exchanges[0]).toEqual({
    heardMs: 280,
    parts: { uplink: 20, detection: 130, decision: 70, release: 15, downlink: 45 },
    remainderMs: 0,
    sinceDetected: { words: 5, clause: 11, sound: 40 },
  });
});
