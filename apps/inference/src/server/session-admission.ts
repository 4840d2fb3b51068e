import { AppError } from "@parley/shared/errors";

/** What a refused room is told: long enough for somebody to leave, in ms. */
export const retryAfterMs = 5_000;

export type SessionAdmissionOptions = {
  /** The operator's limit on rooms. */
  maxSessions: number;
  /** People whose speech the device follows at once; undefined while that is not known. */
  speakers: () => number | undefined;
};

/** A room that was admitted. */
export type AdmittedSession = {
  /** Somebody came into the room, or left it: never refused. */
  setPeople(people: number): void;
  /** Idempotent. */
  release(): void;
};

/** Admission of rooms to this worker: by the operator's limit, and by what was measured. */
export class SessionAdmission {
  readonly #options: SessionAdmissionOptions;
  readonly #people = new Map<object, number>();
  #isDraining = false;

  constructor(options: SessionAdmissionOptions) {
    this.#options = options;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Rooms that can be served at once: with one person in each, where people are the limit. */
  get capacity(): number {
    const { maxSessions, speakers } = this.#options;
    const measured = Math.floor(speakers() ?? maxSessions);
    return Math.max(1, Math.min(maxSessions, measured));
  }

  /** Share of what can be served that is in use, 0 to 1 and beyond. */
  get load(): number {
    const { maxSessions, speakers } = this.#options;
    const ofPeople = this.#peopleInAll / Math.max(1, speakers() ?? Infinity);
    return Math.max(this.#people.size / maxSessions, ofPeople);
  }

  /** From now on no room is admitted. */
  drain(): void {
    this.#isDraining = true;
  }

  /**
   * Admits a room. One that is larger than the device is admitted to an idle one all the same: nobody
   * would serve it otherwise.
   *
   * @throws AppError `at-capacity`, retryable; `agent-unavailable` while this worker drains
   */
  admit(people: number): AdmittedSession {
    if (this.#isDraining) {
      throw new AppError("agent-unavailable", "This worker is about to leave.", {
        isRetryable: true,
      });
    }
    const { maxSessions, speakers } = this.#options;
    const most = speakers() ?? Infinity;
    const isFull = this.#people.size >= maxSessions;
    const isTooMuch = this.#people.size > 0 && this.#peopleInAll + people > most;
    if (isFull || isTooMuch) {
      const message = isFull
        ? `all ${maxSessions} rooms of this worker are taken`
        : `this worker hears ${this.#peopleInAll} people, and could not follow ${people} more`;
      throw new AppError("at-capacity", message, { isRetryable: true });
    }
    const session = {};
    this.#people.set(session, people);
    return {
      setPeople: (count) => {
        if (this.#people.has(session)) this.#people.set(session, count);
      },
      release: () => {
        this.#people.delete(session);
      },
    };
  }

  get #peopleInAll(): number {
    return [...this.#people.values()].reduce((sum, people) => sum + people, 0);
  }
}
