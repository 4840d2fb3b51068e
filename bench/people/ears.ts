import { resolveModel } from "@parley/models/resolve-model";
import {
  conversationMoonshine,
  conversationTransducer,
  type RecognizerChoice,
} from "@parley/speech/engines/recognizer-choice";
import { isMoonshineFolder } from "@parley/speech/moonshine/model/model-files";

/** An ear by its name among the models, set up as a server without settings has it. */
export async function earChoice(name: string, signal: AbortSignal): Promise<RecognizerChoice> {
  const model = await resolveModel(name, { signal });
  if (!(await isMoonshineFolder(model))) return conversationTransducer({ model });
  return conversationMoonshine({ model }, await resolveModel("builtin", { signal }));
}
