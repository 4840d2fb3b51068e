import {
  openAgentRecognizer,
  type AgentRecognizerSettings,
} from "@parley/speech/engines/agent-recognizer";
import type { SwitchableRecognizer } from "@parley/speech/engines/switchable-recognizer";
import type { RecognizerChoice } from "./recognizer-choice";

export type RecognizerInChargeParts = {
  recognizer: SwitchableRecognizer;
  /** The name of the one it began with. */
  name: string;
  settings: Omit<AgentRecognizerSettings, "model">;
  /** Where the choice is kept over restarts. */
  choice: RecognizerChoice;
};

/** Which recogniser listens to the rooms, by its name among the models. */
export class RecognizerInCharge {
  readonly #parts: RecognizerInChargeParts;
  #name: string;

  constructor(parts: RecognizerInChargeParts) {
    this.#parts = parts;
    this.#name = parts.name;
  }

  get name(): string {
    return this.#name;
  }

  /**
   * Loads another beside the present one and puts it in charge. When that fails everything stays as
   * it was.
   *
   * @param directory its folder of ONNX files
   */
  async switchTo(name: string, directory: string, signal: AbortSignal): Promise<void> {
    const { recognizer, settings, choice } = this.#parts;
    const next = await openAgentRecognizer({ ...settings, model: directory }, signal);
    recognizer.replace(next);
    this.#name = name;
    await choice.write(name);
  }
}
