import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { expect, it } from "vitest";
import { idleFloor, type FloorState } from "./floor-state";
import type { Turn, TurnChange } from "./hearing/turn";
import { defaultSessionSettings } from "./settings";
import { stepFloor } from "./step-floor";

const settled: Turn = {
  turnId: newId<TurnId>(),
  memberId: newId<MemberId>(),
  startedAtMs: 0,
  text: "what time is it",
  speechMs: 900,
  phase: "settled",
  silentSinceMs: 1_000,
  confidence: null,
};

/** Effects of a turn that settles and is then over, as the floor has them carried out about replies. */
function repliesOf(isSpeculating: boolean): string[][] {
  const settings = { ...defaultSessionSettings, isSpeculating };
  let state: FloorState = idleFloor;
  const speaking: Turn = { ...settled, phase: "speaking" };
  const changes: TurnChange[] = [
    { type: "opened", turn: speaking },
    { type: "settled", turn: settled },
    { type: "closed", turn: settled },
  ];
  return changes.map((change) => {
    const step = stepFloor(state, { type: "turn-changed", change, audible: null }, settings);
    state = step.state;
    return step.effects.map((effect) => effect.type).filter((name) => name.endsWith("-reply"));
  });
}

it("begins a reply while the speaker pauses, and releases it when the turn is over", () => {
  expect(repliesOf(true)).toEqual([[], ["prepare-reply"], ["prepare-reply", "release-reply"]]);
});

it("asks the chat model once a turn where speculation is off", () => {
  expect(repliesOf(false)).toEqual([[], [], ["prepare-reply", "release-reply"]]);
});
