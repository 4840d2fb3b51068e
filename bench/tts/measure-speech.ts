import { loadAverage } from "../support/machine-load";
import { percentile, percentiles, round, type Percentiles } from "../support/percentiles";
import { openProcess, processEntry } from "../support/side-process";
import type { BenchVoice } from "./models/prepare-models";
import type { SpeakAnswer, SpeechCalls } from "./speech/speech-calls";

/** Figures of one model at one number of threads. Milliseconds, MiB. */
export type SpeechFigures = {
  loadMs: number;
  residentMiB: number;
  /** Of one stream, from its request. */
  firstAudioMs: Percentiles;
  streams: StreamFigures[];
  /** The step of eight streams over that of one; the goal is 3.5. Null when not both were run. */
  eightOverOne: number | null;
  cancel: { ms: Percentiles; steps: Percentiles };
};

export type StreamFigures = {
  streams: number;
  /** Decoding alone, without the codec. */
  stepMs: Percentiles;
  stepsPerSecond: number;
  /** With the codec, all streams asked for at once. */
  firstAudioMs: Percentiles;
  /** Wall-clock, the start included, over the seconds of one stream: up to 1 all keep up. */
  realTimeFactor: number;
  /** Processor seconds for each second of sound of all streams; it hardly depends on other work. */
  coreSeconds: number;
  residentMiB: number;
  loadAverage: number;
};

export type SpeechSettings = {
  voice: BenchVoice;
  threads: number;
  /** Of the codec; as `threads` when undefined. */
  codecThreads: number | undefined;
  streams: readonly number[];
  /** Codec frames of every stream. */
  frames: number;
  textTokens: number;
  firstAudios: number;
};

/** Measures in a process of its own. */
export async function measureSpeech(settings: SpeechSettings): Promise<SpeechFigures> {
  const { voice, threads, codecThreads, streams: counts } = settings;
  const { frames, textTokens, firstAudios } = settings;
  // At least one stream has to go on when another is cancelled.
  const maxStreams = Math.max(2, ...counts);
  const file = processEntry(import.meta.url, "./speech/speech.process.ts");
  const child = await openProcess<SpeechCalls>(file, { flags: ["--expose-gc"] });
  try {
    const { model, codec } = voice;
    const limits = { threads, codecThreads, maxStreams, frames, textTokens };
    const loaded = await child.call("load", { model, codec, ...limits });
    console.log(`    loaded in ${Math.round(loaded.loadMs)} ms`);
    const firstAudioMs = percentiles(await child.call("firstAudio", { times: firstAudios }));
    console.log(`    first audio of one stream after ${firstAudioMs.p50} ms`);
    const streams: StreamFigures[] = [];
    for (const count of counts) {
      const decoded = await child.call("speak", { streams: count, withCodec: false });
      const spoken = await child.call("speak", { streams: count, withCodec: true });
      const figures = streamFigures(count, decoded, spoken);
      const { stepMs, realTimeFactor } = figures;
      console.log(
        `    ${count} at once: ${stepMs.p50} ms a step, real-time factor ${realTimeFactor}`,
      );
      streams.push(figures);
    }
    const stepMs = streams.at(-1)?.stepMs.p50 ?? Number.NaN;
    const freed = await child.call("cancel", { streams: maxStreams, stepMs });
    return {
      loadMs: round(loaded.loadMs),
      residentMiB: inMebibytes(loaded.residentBytes),
      firstAudioMs,
      streams,
      eightOverOne: eightOverOne(streams),
      cancel: {
        ms: percentiles(freed.map(({ ms }) => ms)),
        steps: percentiles(freed.map(({ steps }) => steps)),
      },
    };
  } finally {
    await child.close();
  }
}

function streamFigures(streams: number, decoded: SpeakAnswer, spoken: SpeakAnswer): StreamFigures {
  const stepMs = percentile(decoded.stepMs, 0.5);
  return {
    streams,
    stepMs: percentiles(decoded.stepMs),
    stepsPerSecond: round(1_000 / stepMs),
    firstAudioMs: percentiles(spoken.firstAudioMs),
    realTimeFactor: Math.round(spoken.wallMs / spoken.seconds / 10) / 100,
    coreSeconds: Math.round(spoken.cpuMs / spoken.seconds / streams / 10) / 100,
    residentMiB: inMebibytes(spoken.residentBytes),
    loadAverage: loadAverage(),
  };
}

function eightOverOne(figures: readonly StreamFigures[]): number | null {
  const stepOf = (count: number) => figures.find(({ streams }) => streams === count)?.stepMs.p50;
  const [one, eight] = [stepOf(1), stepOf(8)];
  return one === undefined || eight === undefined ? null : Math.round((100 * eight) / one) / 100;
}

function inMebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
