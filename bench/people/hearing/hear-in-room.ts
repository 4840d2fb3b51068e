import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { VoiceActivityDetector } from "@parley/speech/contracts/voice-activity-detector";
import { CountedCalls } from "../../support/counted-calls";
import { frameMs, frameSamples } from "./frames";
import { openSpeaker } from "./open-speaker";

/** The models that a room hears with. */
export type Hearing = { recognizer: Recognizer; voiceActivityDetector: VoiceActivityDetector };

/**
 * What a room's transcript shows for a sound: a member speaks into it, in frames of 20 ms, behind
 * voice activity and turn-taking. Time is that of the sound, so that nothing depends on how busy the
 * machine is.
 *
 * @returns the turns' texts
 */
export async function hearInRoom(hearing: Hearing, sound: Int16Array): Promise<string[]> {
  const calls = new CountedCalls();
  const clock = new FakeClock();
  const turns: string[] = [];
  const failures: Error[] = [];
  const speaker = openSpeaker({
    recognizer: calls.recognizer(hearing.recognizer),
    voiceActivityDetector: calls.detector(hearing.voiceActivityDetector),
    clock,
    onTurn: ({ type, turn }) => {
      if (type === "closed") turns.push(turn.text);
    },
    onFailed: (error) => failures.push(error),
  });
  for (let at = 0; at + frameSamples <= sound.length; at += frameSamples) {
    speaker.hear(sound.subarray(at, at + frameSamples), clock.now());
    await calls.calm();
    await clock.advance(frameMs);
  }
  // What never fell silent, noise for one, is closed as when somebody mutes.
  for (let waited = 0; waited < 100 && speaker.turn !== null; waited++) {
    await clock.advance(frameMs * 5);
    await calls.calm();
  }
  speaker.close();
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  return turns;
}
