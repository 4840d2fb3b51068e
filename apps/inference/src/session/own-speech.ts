import type { Clock } from "@parley/shared/async/clock";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";

type EchoSettings = Pick<SessionSettings, "echoMemoryMs" | "echoDelayMs" | "echoWarmUpMs">;

type Spoken = { text: string; endedAtMs: number };

/** What of the agent's own speech may come back through a microphone. */
export class OwnSpeech {
  readonly #clock: Clock;
  readonly #settings: EchoSettings;
  /** Replies that are over, oldest first. */
  #spoken: Spoken[] = [];
  #warmUntilMs: number;

  constructor(options: { clock: Clock; settings: EchoSettings }) {
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#warmUntilMs = options.clock.now() + options.settings.echoWarmUpMs;
  }

  /** Somebody joined, whose echo canceller has yet to learn the room. */
  joined(): void {
    this.#warmUntilMs = this.#clock.now() + this.#settings.echoWarmUpMs;
  }

  /** Echo cancellers are still adapting: speech without words may be their leavings. */
  get isWarmingUp(): boolean {
    return this.#clock.now() < this.#warmUntilMs;
  }

  /** A reply is over. @param text what was heard of it */
  ended(text: string): void {
    const endedAtMs = this.#clock.now();
    const oldestMs = endedAtMs - this.#settings.echoMemoryMs;
    this.#spoken = [...this.#spoken.filter((spoken) => spoken.endedAtMs > oldestMs)];
    this.#spoken.push({ text, endedAtMs });
  }

  /** @returns the replies that ended while the turn lasted, or just before it */
  during({ startedAtMs }: Turn): string {
    const sinceMs = startedAtMs - this.#settings.echoDelayMs;
    const heard = this.#spoken.filter(({ endedAtMs }) => endedAtMs >= sinceMs);
    return heard.map(({ text }) => text).join(" ");
  }

  /** @returns how far back the words of a turn may have been spoken before now, ms */
  reachMs({ startedAtMs }: Turn): number {
    const lengthMs = Math.max(0, this.#clock.now() - startedAtMs);
    return Math.min(this.#settings.echoMemoryMs, lengthMs);
  }
}
