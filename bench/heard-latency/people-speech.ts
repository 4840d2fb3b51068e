import { atSpokenLevel } from "../builtin/sounds/levels";

/** As loud as people speak into a headset, so that the end of each can be told from its noise. */
const levelDb = -23;

/** The recordings in order, again from the first when there are more turns, all equally loud. */
export function peopleSpeech(turns: number, recordings: readonly Int16Array[]): Int16Array[] {
  const loud = recordings.map((samples) => atSpokenLevel(samples, levelDb));
  return Array.from({ length: turns }, (_, turn) => loud[turn % loud.length] ?? new Int16Array(0));
}
