import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "@parley/shared/async/clock";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import type { LastingRecognizer } from "@parley/speech/recognition/lasting-recognizer";
import type { TransducerSettings } from "@parley/speech/transducer/transducer-settings";
import { TransducerRecognizer } from "@parley/speech/transducer/recognizer/transducer-recognizer";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import type { Recognizer, RecognizerStream } from "@parley/speech/contracts/recognizer";
import { serveProcess } from "@parley/threads/server/serve-process";
import type { EngineCalls, LoadRequest } from "./engine-calls";
import { LoopedSpeech } from "./looped-speech";
import { evenSchedule } from "./pace";
import { cpuMs, settledResidentBytes } from "./process-usage";

/** The link delivers sound in frames of 20 ms. */
const frameSamples = 320;
const sampleRate = 16_000;

let request: LoadRequest;
/** On this thread, as the other engines run. */
let direct: TransducerRecognizer;
/** As in the product: in a thread of its own. */
let threaded: LastingRecognizer | null = null;

/** Files are not counted by admission: the bench finds the limit itself. */
const options = { isOffline: true };

function settings(): TransducerSettings {
  return {
    model: request.directory,
    threads: request.threads,
    providers: ["cpu"],
    // A chunk holds the frame it is about and those to its right, of 80 ms each.
    rightContext: request.chunkMs / 80 - 1,
    window: { chunk: 2, left: 10, right: 2 },
    isOffline: false,
    finish: "silence",
    resetsAtEndOfUtterance: false,
  };
}

async function openThreaded(): Promise<LastingRecognizer> {
  threaded ??= await openRecognizer({ type: "transducer", settings: settings() });
  return threaded;
}

async function openStreams(
  recognizer: Pick<Recognizer, "open">,
  count: number,
): Promise<RecognizerStream[]> {
  return await Promise.all(Array.from({ length: count }, () => recognizer.open(options)));
}

const engine: EngineCalls = {
  async load(given) {
    request = given;
    // As the product does before any engine.
    await flushDenormals();
    const startMs = performance.now();
    direct = await TransducerRecognizer.load(settings(), systemClock);
    return { loadMs: performance.now() - startMs, residentBytes: await settledResidentBytes() };
  },

  async rush({ streams: count, seconds }) {
    const streams = await openStreams(direct, count);
    const chunk = (request.chunkMs * sampleRate) / 1_000;
    const chunks = Math.floor((seconds * 1_000) / request.chunkMs);
    const startMs = performance.now();
    const startCpuMs = cpuMs();
    await Promise.all(
      streams.map(async (stream) => {
        const speech = new LoopedSpeech(request.speech, 0);
        for (let index = 0; index < chunks; index++) await stream.write(speech.take(chunk));
      }),
    );
    // The others do not run out the end either: finals are measured by themselves.
    const answer = { wallMs: performance.now() - startMs, cpuMs: cpuMs() - startCpuMs };
    const settled = await streams[0]?.finish();
    for (const stream of streams) stream.close();
    return { ...answer, text: settled?.text ?? "" };
  },

  async pace({ streams: count, seconds }) {
    const streams = await openStreams(await openThreaded(), count);
    const { dueMs, chunks } = evenSchedule(count, seconds, request.chunkMs);
    const latencyMs: number[] = [];
    const startCpuMs = cpuMs();
    const startMs = performance.now();
    await Promise.all(
      streams.map(async (stream, index) => {
        const speech = new LoopedSpeech(request.speech, index * 12_345);
        const chunk = (request.chunkMs * sampleRate) / 1_000;
        const written: Promise<void>[] = [];
        for (let place = 0; place < chunks; place++) {
          const atMs = startMs + dueMs(index, place);
          await delay(Math.max(0, atMs - performance.now()));
          const worked = stream.write(speech.take(chunk));
          written.push(worked.then(() => void latencyMs.push(performance.now() - atMs)));
        }
        await Promise.all(written);
      }),
    );
    for (const stream of streams) stream.close();
    return { latencyMs, cpuMs: cpuMs() - startCpuMs };
  },

  async finals({ times }) {
    const [stream] = await openStreams(await openThreaded(), 1);
    if (stream === undefined) return [];
    const spent: number[] = [];
    for (let time = 0; time < times; time++) {
      const speech = new LoopedSpeech(request.speech, time * 54_321);
      const startMs = performance.now();
      for (let frame = 0; frame < 100 + time; frame++) {
        await delay(Math.max(0, startMs + (frame + 1) * 20 - performance.now()));
        void stream.write(speech.take(frameSamples));
      }
      const endMs = performance.now();
      await stream.finish();
      spent.push(performance.now() - endMs);
    }
    stream.close();
    return spent;
  },

  async memory({ streams: count }) {
    const before = await settledResidentBytes();
    const streams = await openStreams(direct, count);
    for (const [index, stream] of streams.entries()) {
      await stream.write(new LoopedSpeech(request.speech, index * 999).take(3 * sampleRate));
    }
    const bytes = (await settledResidentBytes()) - before;
    for (const stream of streams) stream.close();
    return { bytes };
  },

  async endure({ hours }) {
    const [stream] = await openStreams(direct, 1);
    const residentBytes: number[] = [];
    const startMs = performance.now();
    const speech = new LoopedSpeech(request.speech, 0);
    for (let tenth = 0; tenth < 10; tenth++) {
      for (let second = 0; second < hours * 360; second++) {
        await stream?.write(speech.take(sampleRate));
      }
      // A turn now and then, as in a conversation.
      await stream?.finish();
      residentBytes.push(await settledResidentBytes());
    }
    stream?.close();
    return { residentBytes, wallMs: performance.now() - startMs };
  },
};

await serveProcess<typeof engine>(() => ({ calls: engine }));
