import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { beforeEach, describe, expect, it } from "vitest";
import { SentSound } from "./sent-sound";

const memberId = newId<MemberId>();
const turnId = newId<TurnId>();
const turn = { memberId, turnId, revision: 0, text: "hello" };
let sent: SentSound;

beforeEach(() => {
  sent = new SentSound();
});

/** Frames of 20 ms that arrived in this time. */
function sound(fromMs: number, toMs: number): void {
  for (let at = fromMs; at < toMs; at += 20) {
    sent.add(memberId, { samples: new Int16Array(0), arrivedAtMs: at });
  }
}

function taken(nowMs: number) {
  const [of] = sent.take(nowMs);
  const stamps = of?.frames.map(({ arrivedAtMs }) => arrivedAtMs) ?? [];
  return { fromMs: stamps[0], toMs: stamps.at(-1), hasTurn: of?.hasTurn };
}

describe("SentSound", () => {
  it("has the turn in hand from before its beginning", () => {
    sound(0, 5_000);
    sent.note({ type: "transcript-partial", ...turn, startedAtMs: 2_000 }, 3_000);
    expect(taken(5_000)).toEqual({ fromMs: 1_300, toMs: 4_980, hasTurn: true });
  });

  it("has the last moments where no word has come so far", () => {
    sound(0, 5_000);
    expect(taken(5_000)).toEqual({ fromMs: 2_000, toMs: 4_980, hasTurn: false });
  });

  it.each([
    ["ended", { type: "transcript-final", ...turn, revision: 1, startedAtMs: 2_000 } as const],
    ["was taken back", { type: "transcript-retract", turnId } as const],
  ])("has nothing of a turn that %s", (_how, notice) => {
    sound(0, 5_000);
    sent.note({ type: "transcript-partial", ...turn, startedAtMs: 2_000 }, 3_000);
    sent.note(notice, 4_500);
    expect(taken(5_000)).toEqual({ fromMs: 4_500, toMs: 4_980, hasTurn: false });
  });

  it("has nothing of a turn whose beginning it has no more", () => {
    sound(0, 20_000);
    sent.note({ type: "transcript-partial", ...turn, startedAtMs: 9_000 }, 9_500);
    expect(taken(20_000)).toEqual({ fromMs: undefined, toMs: undefined, hasTurn: false });
  });

  it("forgets whoever leaves, and what was taken", () => {
    sound(0, 1_000);
    sent.forget(memberId);
    expect(sent.take(1_000)).toEqual([]);
    sound(0, 1_000);
    sent.take(1_000);
    expect(sent.take(1_000)).toEqual([]);
  });
});
