import { openSynthesizer, type VoiceChoice } from "@parley/speech/engines/open-synthesizer";
import type { OnRemark } from "@parley/speech/runtime/device/engine-launch";
import type { SwitchableSynthesizer } from "@parley/speech/synthesis/switchable-synthesizer";
import type { SavedChoice } from "./saved-choice";

export type ActiveVoiceOptions = {
  synthesizer: SwitchableSynthesizer;
  /** The name of the first one among the models. */
  name: string;
  /** Keeps the choice over restarts. */
  saved: SavedChoice;
  /** Is told when a device fails. */
  onRemark?: OnRemark;
};

/** The voice of the agents, by its name among the models. */
export class ActiveVoice {
  readonly #options: ActiveVoiceOptions;
  #name: string;

  constructor(options: ActiveVoiceOptions) {
    this.#options = options;
    this.#name = options.name;
  }

  get name(): string {
    return this.#name;
  }

  /** The voice itself, for what it says about its device. */
  get running(): Pick<SwitchableSynthesizer, "runsOn" | "placements" | "remarks"> {
    return this.#options.synthesizer;
  }

  /** The names that it speaks with. */
  get voices(): readonly string[] {
    return this.#options.synthesizer.voices;
  }

  /** The languages that it speaks, the default first. */
  get languages(): readonly string[] {
    return this.#options.synthesizer.languages;
  }

  /** Opens another beside the present one; replies have it from the next one on. */
  async switchTo(name: string, choice: VoiceChoice, signal: AbortSignal): Promise<void> {
    const { synthesizer, saved, onRemark } = this.#options;
    synthesizer.replace(await openSynthesizer(choice, signal, onRemark));
    this.#name = name;
    await saved.write(name);
  }
}
