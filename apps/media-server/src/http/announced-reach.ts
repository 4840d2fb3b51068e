import { connect } from "node:net";
import type { Clock } from "@parley/shared/async/clock";
import type { Log } from "../contracts/log";

/** Limit of one attempt, in ms: an address that drops packets gives no answer at all. */
const attemptMs = 1_000;
/** How long a result holds: readiness is asked every few seconds. */
const freshMs = 30_000;

export type AnnouncedReachOptions = {
  /** Addresses or names that browsers are told to send media to. */
  addresses: readonly string[];
  /** The first worker's; 0 when it is any free one, and nothing can be tried. */
  port: number;
  clock: Clock;
  log: Pick<Log, "warn">;
};

/**
 * Tries from this machine whether the media port answers, by TCP, at each announced address. A network
 * whose router does not lead back inside fails the trial too, so a failure is a doubt and no proof.
 */
export class AnnouncedReach {
  readonly #options: AnnouncedReachOptions;
  #latest: { atMs: number; silent: Promise<string[]> } | null = null;
  readonly #reported = new Set<string>();

  constructor(options: AnnouncedReachOptions) {
    this.#options = options;
  }

  /** The addresses at which nothing answered lately. */
  silentAddresses(): Promise<string[]> {
    const { clock, addresses, port } = this.#options;
    if (port === 0 || addresses.length === 0) return Promise.resolve([]);
    const nowMs = clock.now();
    if (this.#latest === null || nowMs - this.#latest.atMs >= freshMs) {
      this.#latest = { atMs: nowMs, silent: this.#try() };
    }
    return this.#latest.silent;
  }

  async #try(): Promise<string[]> {
    const { addresses, port, clock, log } = this.#options;
    const answers = await Promise.all(addresses.map((host) => takesConnection(host, port, clock)));
    const silent = addresses.filter((_, index) => answers[index] === false);
    for (const address of silent) {
      if (this.#reported.has(address)) continue;
      this.#reported.add(address);
      log.warn({ address, port }, "media does not answer at the announced address");
    }
    return silent;
  }
}

function takesConnection(host: string, port: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isTaken: boolean) => {
      cancel();
      socket.destroy();
      resolve(isTaken);
    };
    const cancel = clock.schedule(attemptMs, () => {
      end(false);
    });
    socket.once("connect", () => {
      end(true);
    });
    socket.once("error", () => {
      end(false);
    });
  });
}
