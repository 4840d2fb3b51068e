import { loadPeople } from "@parley/speech/testing/people";
import { atSpokenLevel, headsetLevelDb } from "../builtin/sounds/levels";
import { recordingsUrl } from "../support/recordings-url";

/**
 * Recordings of people in order, again from the first when there are more turns, all equally loud.
 *
 * @param folder of recordings, or the project's own
 */
export function peopleSpeech(turns: number, folder?: string): Int16Array[] {
  const loud = loadPeople(recordingsUrl(folder)).map(({ samples }) =>
    atSpokenLevel(samples, headsetLevelDb),
  );
  return Array.from({ length: turns }, (_, turn) => loud[turn % loud.length] ?? new Int16Array(0));
}
