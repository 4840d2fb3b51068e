import type { TurnChange } from "@parley/inference/session/hearing/turn";
import { Speaker } from "@parley/inference/session/hearing/speaker";
import { defaultSessionSettings } from "@parley/inference/session/settings";
import { TurnStamps } from "@parley/inference/session/turn-stamps";
import { TranscriptTurnDetector } from "@parley/inference/turn/transcript-turn-detector";
import type { Clock } from "@parley/shared/async/clock";
import { newId, type MemberId } from "@parley/shared/protocol/ids";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { VoiceActivityDetector } from "@parley/speech/contracts/voice-activity-detector";

/** A member's voice as a session hears it, with the product's settings. */
export function openSpeaker(options: {
  recognizer: Recognizer;
  voiceActivityDetector: VoiceActivityDetector;
  clock: Clock;
  onTurn: (change: TurnChange) => void;
  onFailed: (error: Error) => void;
}): Speaker {
  const { recognizer, voiceActivityDetector, clock, onTurn, onFailed } = options;
  return new Speaker({
    memberId: newId<MemberId>(),
    engines: { recognizer, voiceActivityDetector, turnDetector: new TranscriptTurnDetector() },
    phrases: [],
    turnStamps: new TurnStamps(),
    clock,
    settings: defaultSessionSettings,
    setting: {
      patience: "normal",
      turnEnd: "detected",
      language: { spoken: "en", heard: undefined, refused: () => undefined },
      agentsQuestion: () => null,
      names: () => [],
      mayNudge: () => false,
      mayInterrupt: () => false,
    },
    signal: new AbortController().signal,
    onTurn,
    onCommitted: () => undefined,
    onFailed,
  });
}
