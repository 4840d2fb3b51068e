import type { PersonRecording } from "@parley/speech/testing/people";
import { companyScenes } from "./company";
import { echoScenes } from "./echoes";
import { overReplyScenes } from "./over-reply";
import { recordingScenes } from "./recordings";
import type { Scene } from "./scene";
import { utteranceScenes } from "./utterances";

/** The whole suite. */
export function allScenes(recordings: readonly PersonRecording[]): Scene[] {
  return [
    ...utteranceScenes(),
    ...recordingScenes(recordings),
    ...overReplyScenes(),
    ...companyScenes(),
    ...echoScenes(),
  ];
}
