import type { Devices } from "@parley/inference/composition/choose-devices";
import { recognizerChoice } from "@parley/inference/composition/choose-recognizer";
import { readEnvironment } from "@parley/inference/environment";
import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";

/** As on a machine without a card, for figures that can be compared. */
const onProcessor: Devices = {
  adapter: { kind: "none", reason: "a bench of the processor" },
  hearing: { providers: ["cpu"], reasons: [] },
  speaking: { providers: ["cpu"], reasons: [] },
  use: {},
};

/** An ear by its name among the models, set up as a server without settings has it. */
export async function earChoice(name: string, signal: AbortSignal): Promise<RecognizerChoice> {
  return await recognizerChoice(readEnvironment({}), onProcessor, name, { signal });
}
