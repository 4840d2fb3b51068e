import { bandCount, quietestPower, type BandRow } from "./band-powers";
import { stepMs, type PlayedSound } from "./played-sound";

/** 20 ms of a microphone, and the Unix time of their beginning. */
export type HeardFrame = { readonly atMs: number; readonly row: BandRow };

type Pair = { readonly heard: BandRow; readonly played: BandRow };

/** Loudspeaker, network and sound card take at least nothing and at most so long. */
const longestDelayMs = 800;
/** Frames that are compared: 1 s; fewer tell when their likeness is plain, the first ones may warn. */
const firstFrames = 8;
const fewFrames = 20;
const manyFrames = 35;
/** Likeness (correlation of loudness in all bands over time) of an echo; of other speech 0.5 at most. */
const plainLikeness = 0.85;
const echoLikeness = 0.75;
const suspiciousLikeness = 0.7;
/** Delays of one loudspeaker lie so close together. */
const sameDelayMs = 20;
/** Sound below this power is left out: it is the pause of a voice. */
const quietest = 25;
/** Weight of what is heard now beside what was known of the path. */
const learning = 0.3;
/** Growth of an echo's power in 100 ms: who turns up a loudspeaker takes a second or two. */
const fastestGrowth = 1.15;
/** Part of the power that is left of a room's echo 20 ms later. */
const reverberation = 0.5;

type Path = { delayMs: number; gains: Float64Array };

/** How one microphone hears the agent: how late, and how loud in each band. */
export class EchoPath {
  readonly #played: PlayedSound;
  #path: Path | null = null;
  /** Delay of the last look, if it found a likeness. */
  #candidateMs = -Infinity;
  /** By the last two looks: alike by chance is now one delay, now another. Null while unknown. */
  #mayBeEcho: boolean | null = null;
  #tail = new Float64Array(bandCount);
  readonly #sums = newSums();

  constructor(played: PlayedSound) {
    this.#played = played;
  }

  /** What the microphone hears may be the agent, of whose echo too little is known yet. */
  get isSuspected(): boolean {
    return this.#path === null && this.#mayBeEcho === true;
  }

  /** What the microphone hears is not the agent. */
  get isClear(): boolean {
    return this.#path !== null || this.#mayBeEcho === false;
  }

  /** @param frames the last second of the microphone */
  learn(frames: readonly HeardFrame[]): void {
    let best = { likeness: 0, delayMs: 0, frames: 0 };
    for (let delayMs = 0; delayMs <= longestDelayMs; delayMs += stepMs) {
      const found = this.#compare(frames, delayMs);
      if (found.likeness > best.likeness) best = { ...found, delayMs };
    }
    const { delayMs } = best;
    const isKnown = Math.abs(delayMs - (this.#path?.delayMs ?? Infinity)) <= sameDelayMs;
    const isFoundAgain = Math.abs(delayMs - this.#candidateMs) <= sameDelayMs;
    const isLike = best.likeness >= suspiciousLikeness;
    this.#candidateMs = isLike ? delayMs : -Infinity;
    const isUnknown = best.frames < firstFrames || (isLike && !isFoundAgain);
    this.#mayBeEcho = isUnknown ? null : isLike;
    const needed = best.frames >= manyFrames ? echoLikeness : plainLikeness;
    if (best.frames < fewFrames || best.likeness < needed) return;
    if (isKnown || isFoundAgain) this.#adapt(frames, delayMs, isKnown);
  }

  /** @returns band powers of the echo at that time, Unix ms; null where none is known or played */
  expect(atMs: number): Float64Array | null {
    const path = this.#path;
    if (path === null) return null;
    const tail = this.#tail.map((power) => power * reverberation);
    // The clocks of sound cards drift, and networks hurry and tarry.
    for (const shiftMs of [-2 * stepMs, -stepMs, 0, stepMs, 2 * stepMs]) {
      const row = this.#played.at(atMs - path.delayMs + shiftMs);
      if (row === null) continue;
      for (const [band, power] of row.powers.entries()) {
        tail[band] = Math.max(tail[band] ?? 0, power * (path.gains[band] ?? 0));
      }
    }
    this.#tail = tail;
    return tail.some((power) => power > quietestPower) ? tail : null;
  }

  /** Called for 81 delays ten times a second on the thread of all sessions: no lists, sums alone. */
  #compare(frames: readonly HeardFrame[], delayMs: number): { likeness: number; frames: number } {
    const sums = this.#sums;
    for (const sum of Object.values(sums)) sum.fill(0);
    let count = 0;
    for (const { atMs, row } of frames) {
      const played = this.#played.at(atMs - delayMs);
      if (played === null || !isVoice(played)) continue;
      count += 1;
      for (let band = 0; band < bandCount; band++) add(sums, band, row, played);
    }
    return { likeness: count < firstFrames ? 0 : likenessOf(sums, count), frames: count };
  }

  #pairs(frames: readonly HeardFrame[], delayMs: number): Pair[] {
    return frames.flatMap(({ atMs, row }) => {
      const played = this.#played.at(atMs - delayMs);
      return played !== null && isVoice(played) ? [{ heard: row, played }] : [];
    });
  }

  #adapt(frames: readonly HeardFrame[], delayMs: number, isKnown: boolean): void {
    const pairs = this.#pairs(frames, delayMs);
    const gains = new Float64Array(bandCount).map((_, band) => {
      const ratios = pairs.map(({ heard, played }) => {
        return 10 ** ((heard.levels[band] ?? 0) - (played.levels[band] ?? 0));
      });
      // Half of the moments may hold somebody's voice, which is louder by far.
      const gain = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
      const before = this.#path?.gains[band];
      if (!isKnown || before === undefined) return gain;
      const adapted = before ** (1 - learning) * gain ** learning;
      return Math.min(adapted, before * fastestGrowth);
    });
    this.#path = { delayMs, gains };
  }
}

function isVoice({ powers }: BandRow): boolean {
  let all = 0;
  for (let band = 0; band < bandCount; band++) all += powers[band] ?? 0;
  return all >= quietest;
}

/** Sums over pairs of frames, by band: of levels, of their squares and of their products. */
type Sums = Record<"heard" | "played" | "heardTwice" | "playedTwice" | "both", Float64Array>;

function newSums(): Sums {
  const sum = () => new Float64Array(bandCount);
  return { heard: sum(), played: sum(), heardTwice: sum(), playedTwice: sum(), both: sum() };
}

function add(sums: Sums, band: number, heard: BandRow, played: BandRow): void {
  const value = heard.levels[band] ?? 0;
  const other = played.levels[band] ?? 0;
  sums.heard[band] = (sums.heard[band] ?? 0) + value;
  sums.played[band] = (sums.played[band] ?? 0) + other;
  sums.heardTwice[band] = (sums.heardTwice[band] ?? 0) + value * value;
  sums.playedTwice[band] = (sums.playedTwice[band] ?? 0) + other * other;
  sums.both[band] = (sums.both[band] ?? 0) + value * other;
}

/** Correlation in all bands over time, each band about its own mean. */
function likenessOf(sums: Sums, count: number): number {
  let both = 0;
  let heardAlone = 0;
  let playedAlone = 0;
  for (let band = 0; band < bandCount; band++) {
    const heard = sums.heard[band] ?? 0;
    const played = sums.played[band] ?? 0;
    both += (sums.both[band] ?? 0) - (heard * played) / count;
    heardAlone += (sums.heardTwice[band] ?? 0) - (heard * heard) / count;
    playedAlone += (sums.playedTwice[band] ?? 0) - (played * played) / count;
  }
  return both / Math.sqrt(Math.max(1e-9, heardAlone * playedAlone));
}
