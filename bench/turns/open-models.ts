import { openSpeech, type SpeechModels } from "@parley/speech/engines/open-speech";
import { earChoice } from "../people/ears";

/**
 * The models that rooms in virtual time hear and speak with. None is refused however busy the machine
 * is: their clocks wait, and an ear that is full would make its room deaf.
 *
 * @param ear name of the model that hears
 */
export async function openModels(ear: string): Promise<SpeechModels> {
  const { signal } = new AbortController();
  const recognizer = await earChoice(ear, signal);
  if (recognizer.type === "transducer") recognizer.settings.capacity = Infinity;
  return await openSpeech({ recognizer, voice: { type: "flite" } }, signal);
}
