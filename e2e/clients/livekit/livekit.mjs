/**
 * LiveKit's plugin for OpenAI with its defaults. usage: livekit.mjs FOLDER ADDRESS, with samples of
 * 16 kHz on standard input. Writes what it heard and spoke as JSON.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const [, , folder = "", baseURL = ""] = process.argv;
const require = createRequire(path.join(folder, "package.json"));

/** @param {string} name */
async function load(name) {
  return await import(pathToFileURL(require.resolve(name)).href);
}

const { initializeLogger, stt: sttTypes } = await load("@livekit/agents");
const { STT, TTS } = await load("@livekit/agents-plugin-openai");
const { AudioFrame } = await load("@livekit/rtc-node");
initializeLogger({ pretty: false, level: "silent" });

const bytes = await buffer(process.stdin);
const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
const options = { baseURL, apiKey: "any" };

/** Frames as a room of LiveKit's has them, and a second of silence. */
function* frames() {
  const length = 1_600;
  for (let at = 0; at < samples.length; at += length) {
    const piece = samples.slice(at, at + length);
    yield new AudioFrame(piece, 16_000, 1, piece.length);
  }
  for (let count = 0; count < 10; count++) {
    yield new AudioFrame(new Int16Array(length), 16_000, 1, length);
  }
}

/** A whole sound, by a request. */
async function recognized() {
  const stt = new STT({ ...options, useRealtime: false });
  const frame = new AudioFrame(samples, 16_000, 1, samples.length);
  const { alternatives } = await stt.recognize(frame);
  return alternatives[0].text;
}

/** A stream, by the Realtime API: the default. */
async function streamed() {
  const stream = new STT(options).stream();
  for (const frame of frames()) stream.pushFrame(frame);
  stream.flush();
  // Not closed: in this version that ends the process, when its voice activity is on.
  for (;;) {
    const { value, done } = await stream.next();
    if (done) return "";
    if (value.type === sttTypes.SpeechEventType.FINAL_TRANSCRIPT) return value.alternatives[0].text;
  }
}

/** @param {object} changes of the plugin's defaults */
async function spoken(changes) {
  const speech = { rate: 0, samples: 0 };
  const tts = new TTS({ ...options, ...changes });
  for await (const { frame } of tts.synthesize("My name is Anna and I live in a small town.")) {
    speech.rate = frame.sampleRate;
    speech.samples += frame.samplesPerChannel;
  }
  return speech;
}

const result = {
  recognized: await recognized(),
  streamed: await streamed(),
  spoken: await spoken({}),
  faster: await spoken({ voice: "nova", speed: 1.5 }),
};
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
