import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import { serveProcess } from "@parley/threads/server/serve-process";
import type { EngineCalls, LoadRequest } from "./engine-calls";
import { LoopedSpeech } from "./looped-speech";
import { evenSchedule } from "./pace";
import { cpuMs, settledResidentBytes } from "./process-usage";
import { loadSherpa, type SherpaRecognizer, type SherpaStream } from "./sherpa-onnx";

const sampleRate = 16_000;

let request: LoadRequest;
let recognizer: SherpaRecognizer;

function write(stream: SherpaStream, samples: Int16Array): void {
  stream.acceptWaveform({ sampleRate, samples: Float32Array.from(samples, (x) => x / 32_768) });
}

/** The batch of everything that is ready, as sherpa-onnx's own server decodes. */
function decodeReady(streams: readonly SherpaStream[]): SherpaStream[] {
  const ready = streams.filter((stream) => recognizer.isReady(stream));
  if (ready.length > 0) recognizer.decodeStreams(ready);
  return ready;
}

const engine: EngineCalls = {
  async load(given) {
    request = given;
    const startMs = performance.now();
    const { OnlineRecognizer } = loadSherpa();
    recognizer = new OnlineRecognizer({
      featConfig: { sampleRate },
      modelConfig: {
        transducer: {
          encoder: join(given.directory, "encoder.onnx"),
          decoder: join(given.directory, "decoder.onnx"),
          joiner: join(given.directory, "joiner.onnx"),
        },
        tokens: join(given.directory, "tokens.txt"),
        numThreads: given.threads,
        provider: "cpu",
        debug: 0,
      },
      enableEndpoint: false,
      decodingMethod: "greedy_search",
    });
    return { loadMs: performance.now() - startMs, residentBytes: await settledResidentBytes() };
  },

  rush({ streams: count, seconds }) {
    const streams = Array.from({ length: count }, () => recognizer.createStream());
    const chunk = (request.chunkMs * sampleRate) / 1_000;
    const chunks = Math.floor((seconds * 1_000) / request.chunkMs);
    const speeches = streams.map(() => new LoopedSpeech(request.speech, 0));
    const startMs = performance.now();
    const startCpuMs = cpuMs();
    for (let index = 0; index < chunks; index++) {
      for (const [place, stream] of streams.entries()) {
        const speech = speeches[place];
        if (speech !== undefined) write(stream, speech.take(chunk));
      }
      while (decodeReady(streams).length > 0);
    }
    const [first] = streams;
    const text = first === undefined ? "" : recognizer.getResult(first).text;
    return Promise.resolve({
      wallMs: performance.now() - startMs,
      cpuMs: cpuMs() - startCpuMs,
      text,
    });
  },

  async pace({ streams: count, seconds }) {
    const streams = Array.from({ length: count }, () => recognizer.createStream());
    const speeches = streams.map((_, index) => new LoopedSpeech(request.speech, index * 12_345));
    const { dueMs, chunks } = evenSchedule(count, seconds, request.chunkMs);
    const chunk = (request.chunkMs * sampleRate) / 1_000;
    const fed = streams.map(() => 0);
    const latencyMs: number[] = [];
    const startCpuMs = cpuMs();
    const startMs = performance.now();
    const worked = streams.map(() => 0);
    // It decodes a chunk once it has a part of the next: what counts is when that one was due.
    const lead = streams.map(() => -1);
    for (;;) {
      let nextMs = Infinity;
      for (const [index, stream] of streams.entries()) {
        for (;;) {
          const next = fed[index] ?? 0;
          if (next === chunks) break;
          const atMs = startMs + dueMs(index, next);
          if (atMs > performance.now()) {
            nextMs = Math.min(nextMs, atMs);
            break;
          }
          const speech = speeches[index];
          if (speech !== undefined) write(stream, speech.take(chunk));
          fed[index] = next + 1;
        }
      }
      const decoded = decodeReady(streams);
      for (const stream of decoded) {
        const index = streams.indexOf(stream);
        if (lead[index] === -1) lead[index] = (fed[index] ?? 1) - 1;
        const chunk = (worked[index] ?? 0) + (lead[index] ?? 0);
        worked[index] = (worked[index] ?? 0) + 1;
        latencyMs.push(performance.now() - startMs - dueMs(index, chunk));
      }
      if (decoded.length > 0) continue;
      if (nextMs === Infinity) break;
      await delay(Math.max(0, nextMs - performance.now()));
    }
    return { latencyMs, cpuMs: cpuMs() - startCpuMs };
  },

  async finals({ times }) {
    const spent: number[] = [];
    for (let time = 0; time < times; time++) {
      const stream = recognizer.createStream();
      const speech = new LoopedSpeech(request.speech, time * 54_321);
      const startMs = performance.now();
      for (let frame = 0; frame < 100 + time; frame++) {
        await delay(Math.max(0, startMs + (frame + 1) * 20 - performance.now()));
        write(stream, speech.take(320));
        while (decodeReady([stream]).length > 0);
      }
      const endMs = performance.now();
      // The same silence that Parley appends: R + 1 chunks, and what fills the open one.
      write(stream, new Int16Array((3 * request.chunkMs * sampleRate) / 1_000));
      stream.inputFinished();
      while (decodeReady([stream]).length > 0);
      recognizer.getResult(stream);
      spent.push(performance.now() - endMs);
    }
    return spent;
  },

  async memory({ streams: count }) {
    const before = await settledResidentBytes();
    const streams = Array.from({ length: count }, () => recognizer.createStream());
    for (const [index, stream] of streams.entries()) {
      write(stream, new LoopedSpeech(request.speech, index * 999).take(3 * sampleRate));
      while (decodeReady([stream]).length > 0);
    }
    const bytes = (await settledResidentBytes()) - before;
    for (const stream of streams) recognizer.getResult(stream);
    return { bytes };
  },

  async endure({ hours }) {
    const stream = recognizer.createStream();
    const residentBytes: number[] = [];
    const startMs = performance.now();
    const speech = new LoopedSpeech(request.speech, 0);
    for (let tenth = 0; tenth < 10; tenth++) {
      for (let second = 0; second < hours * 360; second++) {
        write(stream, speech.take(sampleRate));
        while (decodeReady([stream]).length > 0);
      }
      recognizer.reset(stream);
      residentBytes.push(await settledResidentBytes());
    }
    return { residentBytes, wallMs: performance.now() - startMs };
  },
};

await serveProcess<typeof engine>(() => ({ calls: engine }));
