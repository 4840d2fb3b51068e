import { setTimeout as delay } from "node:timers/promises";
import { joinSamples } from "@parley/audio/join-samples";
import { systemClock } from "@parley/shared/async/clock";
import { cpuMs, settledResidentBytes } from "../../asr/engines/process-usage";
import { LoopedSpeech } from "../../asr/engines/looped-speech";
import { frameMs, frameSamples } from "../hearing/frames";
import type { Hearing } from "../hearing/hear-in-room";
import { inSilence } from "../hearing/in-silence";
import { openSpeaker } from "../hearing/open-speaker";
import type { SpeakersAnswer, SpeakersRequest } from "./ear-calls";

type Tally = Pick<SpeakersAnswer, "turns" | "settleMs" | "firstWordsMs" | "failures">;

/** Everybody speaks at once and in real time, as in rooms of their own. */
export async function measureSpeakers(
  hearing: Hearing,
  { count, seconds, recordings }: SpeakersRequest,
): Promise<SpeakersAnswer> {
  const tally: Tally = { turns: 0, settleMs: [], firstWordsMs: [], failures: [] };
  const speech = joinSamples(recordings.map(inSilence));
  const members = Array.from({ length: count }, (_, place) => ({
    speaker: openMember(hearing, tally),
    voice: new LoopedSpeech(speech, Math.floor((place / count) * speech.length)),
  }));
  const startMs = performance.now();
  const startCpuMs = cpuMs();
  const frames = (seconds * 1_000) / frameMs;
  for (let frame = 0; frame < frames; frame++) {
    await delay(Math.max(0, startMs + (frame + 1) * frameMs - performance.now()));
    for (const { speaker, voice } of members) {
      speaker.hear(voice.take(frameSamples), systemClock.now());
    }
  }
  const wallMs = performance.now() - startMs;
  const spentMs = cpuMs() - startCpuMs;
  const residentBytes = await settledResidentBytes();
  for (const { speaker } of members) speaker.close();
  return { cpuMs: spentMs, wallMs, residentBytes, ...tally };
}

function openMember(hearing: Hearing, tally: Tally) {
  let openedMs = 0;
  let pausedMs = 0;
  let hasWords = false;
  let hasFailed = false;
  return openSpeaker({
    ...hearing,
    clock: systemClock,
    onTurn: ({ type, turn }) => {
      const now = performance.now();
      if (type === "opened") {
        openedMs = now;
        hasWords = false;
      } else if (type === "paused") {
        pausedMs = now;
      } else if (type === "settled") {
        tally.settleMs.push(now - pausedMs);
      } else if (type === "closed") {
        tally.turns++;
      } else if (type === "words" && turn.text !== "" && !hasWords) {
        hasWords = true;
        tally.firstWordsMs.push(now - openedMs);
      }
    },
    onFailed: ({ message }) => {
      if (!hasFailed) tally.failures.push(message);
      hasFailed = true;
    },
  });
}
