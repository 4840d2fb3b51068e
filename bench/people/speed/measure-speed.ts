import { joinSamples } from "@parley/audio/join-samples";
import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";
import { percentile, round } from "../../support/percentiles";
import { openProcess } from "../../support/side-process";
import type { EarCalls, SpeakersAnswer } from "./ear-calls";

const mebibyte = 2 ** 20;

/** A distribution of milliseconds. */
export type Spread = { count: number; mean: number; p50: number; p95: number; max: number };

export type PartialFigures = {
  /** Processor time for each step of 320 ms of sound, one speaker, the bare recogniser. */
  step: Spread;
  /** The mean of it, of one core in per cent. */
  corePercent: number;
};

export type SpeakersFigures = {
  cores: number;
  speakers: number;
  /** Of the cores given, in per cent of one. */
  corePercent: number;
  residentMiB: number;
  turns: number;
  settle: Spread;
  firstWords: Spread;
  failures: string[];
};

export type SpeedFigures = {
  name: string;
  loadMs: number;
  residentMiB: number;
  partials: PartialFigures;
  /** From the end of the voice's frames to the words, by the utterance's length in seconds. */
  finals: Record<string, Spread>;
  speakers: SpeakersFigures[];
};

export type SpeedPlan = {
  recordings: readonly Int16Array[];
  finalSeconds: readonly number[];
  finalTimes: number;
  speakers: readonly number[];
  /** Seconds that everybody speaks. */
  seconds: number;
  /** Sets of cores as taskset takes them, the first for one core; empty where there is no taskset. */
  coreSets: readonly { cores: number; list: string }[];
};

/** Measures an ear on its own: partials, finals, and people who speak at once. */
export async function measureSpeed(
  choice: RecognizerChoice,
  plan: SpeedPlan,
): Promise<SpeedFigures> {
  const recordings = [...plan.recordings];
  const alone = await inProcess(choice, null, async (child, { name, loadMs, residentBytes }) => {
    // Warm-up of compilers and allocators.
    await child.call("partials", { recordings: recordings.slice(0, 3) });
    const partials = await child.call("partials", { recordings });
    const step = spreadOf(partials.costMs);
    const speech = joinSamples(recordings);
    const finals: Record<string, Spread> = {};
    for (const seconds of plan.finalSeconds) {
      const request = { speech, lengthMs: seconds * 1_000, times: plan.finalTimes };
      finals[String(seconds)] = spreadOf(await child.call("finals", request));
    }
    return {
      name,
      loadMs: round(loadMs),
      residentMiB: round(residentBytes / mebibyte),
      partials: {
        step,
        corePercent: round((100 * step.mean) / partials.stepMs),
      },
      finals,
    };
  });
  const speakers: SpeakersFigures[] = [];
  for (const { cores, list } of plan.coreSets) {
    await inProcess(choice, list, async (child) => {
      await child.call("speakers", { count: 1, seconds: 5, recordings });
      for (const count of plan.speakers) {
        const answer = await child.call("speakers", { count, seconds: plan.seconds, recordings });
        speakers.push(speakersFigures(answer, { cores, speakers: count }));
      }
    });
  }
  return { ...alone, speakers };
}

type Child = Awaited<ReturnType<typeof openProcess<EarCalls>>>;

async function inProcess<Answer>(
  choice: RecognizerChoice,
  cores: string | null,
  work: (child: Child, loaded: Awaited<ReturnType<EarCalls["load"]>>) => Promise<Answer>,
): Promise<Answer> {
  const file = new URL("./ear.process.ts", import.meta.url);
  const child = await openProcess<EarCalls>(file, { flags: ["--expose-gc"] });
  try {
    return await work(child, await child.call("load", { choice, cores }));
  } finally {
    await child.close();
  }
}

function speakersFigures(
  answer: SpeakersAnswer,
  given: { cores: number; speakers: number },
): SpeakersFigures {
  return {
    ...given,
    corePercent: round((100 * answer.cpuMs) / answer.wallMs),
    residentMiB: round(answer.residentBytes / mebibyte),
    turns: answer.turns,
    settle: spreadOf(answer.settleMs),
    firstWords: spreadOf(answer.firstWordsMs),
    failures: answer.failures,
  };
}

function spreadOf(values: readonly number[]): Spread {
  return {
    count: values.length,
    mean: round(values.reduce((sum, value) => sum + value, 0) / values.length),
    p50: round(percentile(values, 0.5)),
    p95: round(percentile(values, 0.95)),
    max: round(Math.max(...values)),
  };
}
