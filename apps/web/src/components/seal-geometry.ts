/** Mode of the seal: the agent's state, or one borrowed for a microphone check. */
export type SealMode = "listening" | "thinking" | "speaking" | "away";

const tickCount = 72;
/** Steps of level between the top of the ring and its bottom: about a second. */
export const historyLength = 56;
/** Half the side of the square that the seal is drawn in, in its own units. */
export const sealReach = 124;

const ringRadius = 76;
const outwardReach = 38;
const inwardReach = 26;

/** Level of each step, 0 to 1, newest first. */
export type LevelHistory = readonly number[];

/** Tick of the ring: a line along a ray from the centre, in units of the seal. */
export type SealTick = { angle: number; from: number; to: number };

/**
 * Ring of ticks. Ticks grow outward with the agent's speech and inward with that of people; levels
 * travel from the top down both sides. Thinking is three waves going round.
 */
export function sealTicks(mode: SealMode, history: LevelHistory, timeMs: number): SealTick[] {
  const ticks: SealTick[] = [];
  for (let tick = 0; tick < tickCount; tick++) {
    const turn = tick / tickCount;
    if (mode === "away" && tick % 3 !== 0) continue;
    const fromTop = 2 * Math.min(turn, 1 - turn);
    const level = history[Math.round(fromTop * (historyLength - 1))] ?? 0;
    const resting = tick % 6 === 0 ? 7 : 3.5;
    const [from, to] = tickSpan(mode, resting, level, turn, timeMs);
    ticks.push({ angle: turn * 2 * Math.PI - Math.PI / 2, from, to });
  }
  return ticks;
}

/** Disc in the middle: its radius, and its fill from 0 (a ring) to 1 (a disc). */
export function sealCore(mode: SealMode, level: number): { radius: number; fill: number } {
  switch (mode) {
    case "speaking":
      return { radius: 40 + 9 * level, fill: 1 };
    case "thinking":
      return { radius: 28, fill: 0.3 };
    case "listening":
      return { radius: 40 - 6 * level, fill: 0.08 + 0.3 * level };
    case "away":
      return { radius: 34, fill: 0 };
  }
}

function tickSpan(
  mode: SealMode,
  resting: number,
  level: number,
  turn: number,
  timeMs: number,
): [number, number] {
  switch (mode) {
    case "speaking":
      return [ringRadius, ringRadius + resting + outwardReach * level];
    case "listening":
      return [ringRadius - inwardReach * level, ringRadius + resting];
    case "thinking": {
      const wave = 0.5 + 0.5 * Math.cos(2 * Math.PI * (3 * turn - timeMs / 1_400));
      return [ringRadius, ringRadius + resting + 14 * wave ** 3];
    }
    case "away":
      return [ringRadius, ringRadius + resting];
  }
}
