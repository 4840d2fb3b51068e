import type { SavedChoice } from "./saved-choice";

export type ActiveTurnDetectorOptions<Detector> = {
  /** What hears ends of turns, and can be replaced while it does. */
  detector: { replace(next: Detector): void };
  /** The name of the first one among the models. */
  name: string;
  /** Keeps the choice over restarts. */
  saved: SavedChoice;
};

/** What hears ends of turns besides the words, by its name among the models. */
export class ActiveTurnDetector<Detector> {
  readonly #options: ActiveTurnDetectorOptions<Detector>;
  #name: string;

  constructor(options: ActiveTurnDetectorOptions<Detector>) {
    this.#options = options;
    this.#name = options.name;
  }

  get name(): string {
    return this.#name;
  }

  /** Replaces the present one; pauses have the next from now on. */
  async switchTo(name: string, next: Detector): Promise<void> {
    const { detector, saved } = this.#options;
    detector.replace(next);
    this.#name = name;
    await saved.write(name);
  }
}
