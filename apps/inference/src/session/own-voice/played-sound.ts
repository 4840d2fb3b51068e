import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";
import { bandRow, BandPowers, type BandRow } from "./band-powers";

/** Distance of two measurements of the played sound: delays are found to within half of it. */
export const stepMs = 10;

/** What was played so far back is remembered: longer than any echo is under way. */
const memoryMs = 2_500;
/** Reports come every 100 ms; so long after one the pacer counts as playing on. */
const betweenReportsMs = 250;
/** Power of a ducked voice: -12 dB. */
const duckedPower = 1 / 16;

/** One reply's sound as it was sent to the pacer, and how far that is. */
class SentReply {
  volume = 1;
  /** The last report, while it plays. */
  playing: { playedMs: number; atMs: number } | null = null;
  /** Rows that were played, and so are placed in time. */
  placed = 0;
  readonly #bands: BandPowers;
  readonly #stepSamples: number;
  /** Less than a frame that was not measured yet. */
  #rest = new Int16Array(0);
  /** Band powers, a row each step; the placed ones are dropped. */
  readonly #rows = new Map<number, BandRow>();
  #made = 0;

  constructor(
    readonly replyId: string,
    sampleRate: number,
  ) {
    this.#bands = new BandPowers(sampleRate);
    this.#stepSamples = Math.round((sampleRate * stepMs) / 1_000);
  }

  push(samples: Int16Array): void {
    const joined = new Int16Array(this.#rest.length + samples.length);
    joined.set(this.#rest);
    joined.set(samples, this.#rest.length);
    let at = 0;
    for (; at + this.#bands.frameSamples <= joined.length; at += this.#stepSamples) {
      this.#rows.set(this.#made++, this.#bands.of(joined, at));
    }
    this.#rest = joined.slice(at);
  }

  /** Row of the reply's sound at its present volume; undefined where there is none. */
  row(index: number): BandRow | undefined {
    const row = this.#rows.get(index);
    if (row === undefined || this.volume === 1) return row;
    return bandRow(row.powers.map((power) => power * this.volume));
  }

  drop(index: number): void {
    this.#rows.delete(index);
  }
}

/** What the agent's voice sounded like, and when it left for the browsers by the pacer's clock. */
export class PlayedSound {
  #reply: SentReply | null = null;
  /** Rows by the number of their step since the epoch. */
  readonly #placed = new Map<number, BandRow>();
  #lastPlayedAtMs = -Infinity;

  /** @param frame of a reply, in order */
  sent({ id, samples, sampleRate }: Pick<LinkFrame, "id" | "samples" | "sampleRate">): void {
    if (this.#reply?.replyId !== id) this.#reply = new SentReply(id, sampleRate);
    this.#reply.push(samples);
  }

  setDucked(replyId: string, isDucked: boolean): void {
    if (this.#reply?.replyId === replyId) this.#reply.volume = isDucked ? duckedPower : 1;
  }

  reported({ replyId, state, playedMs, atMs }: PlayoutReport): void {
    const reply = this.#reply;
    if (reply?.replyId !== replyId) return;
    for (const until = Math.floor(playedMs / stepMs); reply.placed < until; reply.placed++) {
      const row = reply.row(reply.placed);
      reply.drop(reply.placed);
      if (row === undefined) continue;
      this.#placed.set(stepOf(atMs - playedMs + reply.placed * stepMs), row);
      this.#lastPlayedAtMs = atMs;
    }
    reply.playing = state === "started" || state === "progress" ? { playedMs, atMs } : null;
    const oldest = stepOf(atMs - memoryMs);
    for (const step of this.#placed.keys()) {
      if (step >= oldest) break;
      this.#placed.delete(step);
    }
  }

  /** @returns band powers of what was played from that time on, Unix ms; null for silence */
  at(timeMs: number): BandRow | null {
    return this.#placed.get(stepOf(timeMs)) ?? this.#expectedAt(timeMs);
  }

  /** True while something that was played may still come back. */
  isRecent(timeMs: number): boolean {
    return timeMs - this.#lastPlayedAtMs <= memoryMs / 2;
  }

  /** What has been played since the last report, most likely. */
  #expectedAt(timeMs: number): BandRow | null {
    const { reply, sinceMs } = this.#since(timeMs);
    if (reply === null || sinceMs < 0 || sinceMs > betweenReportsMs) return null;
    const playedMs = reply.playing?.playedMs ?? 0;
    return reply.row(Math.floor((playedMs + sinceMs) / stepMs)) ?? null;
  }

  #since(timeMs: number): { reply: SentReply | null; sinceMs: number } {
    const reply = this.#reply;
    if (reply?.playing == null) return { reply: null, sinceMs: 0 };
    return { reply, sinceMs: timeMs - reply.playing.atMs };
  }
}

function stepOf(timeMs: number): number {
  return Math.round(timeMs / stepMs);
}
