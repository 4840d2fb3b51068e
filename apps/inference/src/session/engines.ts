import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { VoiceActivityDetector } from "@parley/speech/contracts/voice-activity-detector";
import type { ChatModel } from "../contracts/chat-model";
import type { ToolSet } from "../contracts/tool";
import type { TurnDetector } from "../contracts/turn-detector";

/** Engines for hearing: voice activity, recognition, end of turn. */
export type SpeechEngines = {
  voiceActivityDetector: VoiceActivityDetector;
  recognizer: Recognizer;
  turnDetector: TurnDetector;
};

/** Engines of a session; shared by all sessions. */
export type SessionEngines = SpeechEngines & {
  chatModel: ChatModel;
  synthesizer: Synthesizer;
  /** What agents can do besides talking. */
  toolSets: readonly ToolSet[];
};
