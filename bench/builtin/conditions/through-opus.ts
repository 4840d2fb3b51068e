import { Application, createEncoder, Signal } from "libopus-wasm";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { joinAudio } from "@parley/speech/testing/audio-fixtures";
import { createSpeechDecoder } from "@parley/media-server/audio/opus-codec";

const frameSize = speechRate / 50;

/** Encodes speech with the browsers' codec at 24 kbit/s, and decodes it as the product does. */
export async function throughOpus(speech: Int16Array): Promise<Int16Array> {
  const encoder = await createEncoder({
    sampleRate: speechRate,
    channels: 1,
    application: Application.Voip,
    signal: Signal.Voice,
    bitrate: 24_000,
    frameSize,
  });
  const decoder = await createSpeechDecoder();
  const frames: Int16Array[] = [];
  for (let at = 0; at < speech.length; at += frameSize) {
    // The last frame is filled up with silence.
    const frame = new Int16Array(frameSize);
    frame.set(speech.subarray(at, at + frameSize));
    frames.push(decoder.decode(encoder.encode(frame)).slice());
  }
  encoder.free();
  decoder.close();
  return joinAudio(frames);
}
