/** A recogniser on a card, on this process's thread, which the product would give it alone. */
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "@parley/shared/async/clock";
import type { RecognizerStream } from "@parley/speech/contracts/recognizer";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import { useProviderLibraries } from "@parley/speech/runtime/libraries/provider-libraries";
import { TransducerRecognizer } from "@parley/speech/transducer/recognizer/transducer-recognizer";
import { whiteNoise } from "@parley/speech/testing/audio-fixtures";
import { serveProcess } from "@parley/threads/server/serve-process";
import { LoopedSpeech } from "../../asr/engines/looped-speech";
import { evenSchedule } from "../../asr/engines/pace";
import { watchBus } from "../../support/bus-watch";
import { watchDecoder } from "./decoder-watch";
import type { EarCalls } from "./ear-calls";

const samplesPerMs = 16;
/** Random weights hear nothing in anything; noise takes the time of speech. */
const sound = whiteNoise(10 * 16_000, 1_000);

let recognizer: TransducerRecognizer;
let chunkSamples = 0;

const open = (count: number): Promise<RecognizerStream[]> =>
  // Files, which admission does not refuse: the bench finds the limit itself.
  Promise.all(Array.from({ length: count }, () => recognizer.open({ isOffline: true })));

const calls: EarCalls = {
  async load({ directory, provider, decoderProvider, chunkMs, maxBatch }) {
    await flushDenormals();
    await useProviderLibraries(process.env.PARLEY_CACHE ?? "");
    chunkSamples = (chunkMs ?? 160) * samplesPerMs;
    const startMs = performance.now();
    const settings = {
      model: directory,
      threads: 1,
      providers: [provider],
      maxBatch,
      ...(decoderProvider === undefined ? {} : { decoderProviders: [decoderProvider] }),
      // A chunk holds the frame it is about and those to its right, of 80 ms each.
      rightContext: chunkMs === null ? null : chunkMs / 80 - 1,
      window: { chunk: 2, left: 10, right: 2 },
      isOffline: false,
      finish: "silence" as const,
      resetsAtEndOfUtterance: false,
    };
    recognizer = await TransducerRecognizer.load(settings, systemClock);
    const { runsOn, remarks } = recognizer;
    return { loadMs: performance.now() - startMs, runsOn, remarks };
  },

  async rush({ streams: count, chunks }) {
    const streams = await open(count);
    const before = new Map(recognizer.batchSizes());
    const bus = watchBus();
    const decoder = watchDecoder();
    const startMs = performance.now();
    await Promise.all(
      streams.map(async (stream, index) => {
        const speech = new LoopedSpeech(sound, index * 12_345);
        for (let chunk = 0; chunk < chunks; chunk++) await stream.write(speech.take(chunkSamples));
      }),
    );
    const answer = { wallMs: performance.now() - startMs, bus: bus(), decoder: decoder() };
    for (const stream of streams) stream.close();
    const sizes = [...recognizer.batchSizes()]
      .filter(([size, runs]) => runs > (before.get(size) ?? 0))
      .map(([size]) => size);
    return { ...answer, largestBatch: Math.max(0, ...sizes) };
  },

  async pace({ streams: count, seconds }) {
    const streams = await open(count);
    const { dueMs, chunks } = evenSchedule(count, seconds, chunkSamples / samplesPerMs);
    const latencyMs: number[] = [];
    const startMs = performance.now();
    await Promise.all(
      streams.map(async (stream, index) => {
        const speech = new LoopedSpeech(sound, index * 12_345);
        // A stream takes one call at a time; what is late waits, and counts from when it was due.
        let worked = Promise.resolve();
        for (let place = 0; place < chunks; place++) {
          const atMs = startMs + dueMs(index, place);
          await delay(Math.max(0, atMs - performance.now()));
          const samples = speech.take(chunkSamples);
          worked = worked.then(async () => {
            await stream.write(samples);
            latencyMs.push(performance.now() - atMs);
          });
        }
        await worked;
      }),
    );
    for (const stream of streams) stream.close();
    return { latencyMs };
  },

  async hear({ sounds }) {
    const heard: number[][] = [];
    for (const samples of sounds) {
      const [stream] = await open(1);
      await stream?.write(samples);
      const recognition = await stream?.finish();
      heard.push((recognition?.tokens ?? []).map(({ id }) => id));
      stream?.close();
    }
    return heard;
  },
};

await serveProcess<typeof calls>(() => ({ calls }));
