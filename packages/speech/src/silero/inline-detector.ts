import type {
  VoiceActivityDetector,
  VoiceActivityStream,
} from "../contracts/voice-activity-detector";
import { startState, windowSamples, type SileroModel } from "./silero-model";

/** Silero on the calling thread, for an engine that cuts its own sound. Calls must not overlap. */
export class InlineSilero implements VoiceActivityDetector {
  readonly windowSamples = windowSamples;
  readonly #model: Pick<SileroModel, "step">;

  constructor(model: Pick<SileroModel, "step">) {
    this.#model = model;
  }

  open(): VoiceActivityStream {
    let state = startState();
    return {
      step: async (window) => {
        const { probability, state: next } = await this.#model.step(window, state);
        state = next;
        return probability;
      },
      reset: () => {
        state = startState();
      },
      close: () => undefined,
    };
  }
}
