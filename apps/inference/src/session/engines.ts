import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { VoiceActivityDetector } from "@parley/speech/contracts/voice-activity-detector";
import type { ChatModel } from "../contracts/chat-model";
import type { TurnDetector } from "../contracts/turn-detector";

/** What is needed to hear. */
export type SpeechEngines = {
  voiceActivityDetector: VoiceActivityDetector;
  recognizer: Recognizer;
  turnDetector: TurnDetector;
};

/** Everything that a session works with; shared by all sessions. */
export type SessionEngines = SpeechEngines & { chatModel: ChatModel; synthesizer: Synthesizer };
