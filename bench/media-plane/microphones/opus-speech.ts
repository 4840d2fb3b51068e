import { createVoiceEncoder, voiceSampleRate } from "@parley/media-server/audio/opus-codec";
import { ResamplerPool } from "@parley/media-server/audio/stream-resampler";
import { voiceFrameSamples } from "@parley/media-server/media/voice/reply-audio";
import { speechSampleRate } from "../../../e2e/support/speech";

/** Speech of 16 kHz as Opus packets of 20 ms, by the product's own encoder. */
export async function encodeSpeech(samples: Int16Array): Promise<Uint8Array[]> {
  const resampler = (await ResamplerPool.load(voiceSampleRate)).take(speechSampleRate);
  const voice = resampler.process(samples);
  const encoder = await createVoiceEncoder();
  const packets: Uint8Array[] = [];
  for (let at = 0; at + voiceFrameSamples <= voice.length; at += voiceFrameSamples) {
    packets.push(encoder.encode(voice.slice(at, at + voiceFrameSamples)).slice());
  }
  encoder.close();
  return packets;
}
