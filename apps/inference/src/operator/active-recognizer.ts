import { openRecognizerHost } from "@parley/speech/engines/open-recognizer";
import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";
import type { LastingRecognizer } from "@parley/speech/recognition/lasting-recognizer";
import type { OnRemark } from "@parley/speech/runtime/device/engine-launch";
import type { SavedChoice } from "./saved-choice";

export type ActiveRecognizerOptions = {
  recognizer: LastingRecognizer;
  /** The name of the first one among the models. */
  name: string;
  /** Keeps the choice over restarts. */
  saved: SavedChoice;
  /** Is told when a device fails. */
  onRemark?: OnRemark;
};

/** The recogniser that hears the rooms, by its name among the models. */
export class ActiveRecognizer {
  readonly #options: ActiveRecognizerOptions;
  #name: string;

  constructor(options: ActiveRecognizerOptions) {
    this.#options = options;
    this.#name = options.name;
  }

  get name(): string {
    return this.#name;
  }

  /** The recogniser itself, for what it says about its device. */
  get running(): Pick<LastingRecognizer, "runsOn" | "placements" | "remarks"> {
    return this.#options.recognizer;
  }

  /**
   * Loads another beside the present one and puts it to use. When that fails everything stays as it
   * was.
   */
  async switchTo(name: string, choice: RecognizerChoice, signal: AbortSignal): Promise<void> {
    const { recognizer, saved, onRemark } = this.#options;
    recognizer.replace(await openRecognizerHost(choice, signal, onRemark));
    this.#name = name;
    await saved.write(name);
  }
}
