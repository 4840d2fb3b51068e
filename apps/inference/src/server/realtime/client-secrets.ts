import type { Clock } from "@parley/shared/async/clock";
import type { SessionFields } from "./events/session-fields";
import { realtimeId } from "./realtime-ids";

/** A key that a page or a phone may hold: it opens sessions for a while. */
export type ClientSecret = {
  readonly value: string;
  /** Unix time, seconds. */
  readonly expiresAt: number;
  /** Settings with which its sessions begin. */
  readonly session: SessionFields;
};

const prefix = "ek_";
/** Limit on keys that are valid at once; the oldest goes first. */
const maxSecrets = 10_000;

/** Ephemeral keys of this worker; they are forgotten with it. */
export class ClientSecrets {
  readonly #clock: Clock;
  readonly #secrets = new Map<string, ClientSecret>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(session: SessionFields, lifeSeconds: number): ClientSecret {
    const nowSeconds = Math.floor(this.#clock.now() / 1_000);
    this.#forgetExpired(nowSeconds);
    const expiresAt = nowSeconds + lifeSeconds;
    const secret = { value: realtimeId("ek"), expiresAt, session };
    this.#secrets.set(secret.value, secret);
    return secret;
  }

  /**
   * @param key that a client presented; null for none
   * @returns settings of its sessions; null for an ephemeral key that is unknown or expired
   */
  admit(key: string | null): SessionFields | null {
    if (key?.startsWith(prefix) !== true) return {};
    const secret = this.#secrets.get(key);
    const isValid = secret !== undefined && secret.expiresAt * 1_000 > this.#clock.now();
    return isValid ? secret.session : null;
  }

  #forgetExpired(nowSeconds: number): void {
    for (const [value, { expiresAt }] of this.#secrets) {
      if (expiresAt <= nowSeconds || this.#secrets.size >= maxSecrets) this.#secrets.delete(value);
    }
  }
}
