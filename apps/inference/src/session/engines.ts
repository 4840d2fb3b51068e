import type { ChatModel } from "../contracts/chat-model";
import type { Recognizer } from "../contracts/recognizer";
import type { Synthesizer } from "../contracts/synthesizer";
import type { TurnDetector } from "../contracts/turn-detector";
import type { VoiceActivityDetector } from "../contracts/voice-activity-detector";

/** What is needed to hear. */
export type SpeechEngines = {
  voiceActivityDetector: VoiceActivityDetector;
  recognizer: Recognizer;
  turnDetector: TurnDetector;
};

/** Everything that a session works with; shared by all sessions. */
export type SessionEngines = SpeechEngines & { chatModel: ChatModel; synthesizer: Synthesizer };
