import {
  CharacterSynthesizer,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import type { SessionEngines } from "../session/engines";
import { ListedChatModel } from "./listed-chat-model";
import { scriptedTurnDetector } from "./scripted-turn-detector";

/**
 * Engines without models: words are numbers in the sound, and every question has one answer.
 *
 * @param code what the words that people say are encoded with
 */
export function scriptedEngines(code = new WordCode()): SessionEngines {
  return {
    voiceActivityDetector: soundActivity(),
    recognizer: wordRecognizer(code),
    turnDetector: scriptedTurnDetector(),
    chatModel: new ListedChatModel(() => ["Very well."]),
    synthesizer: new CharacterSynthesizer(),
    toolSets: [],
  };
}
