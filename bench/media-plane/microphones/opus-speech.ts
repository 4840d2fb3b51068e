import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { createVoiceEncoder, voiceSampleRate } from "@parley/media-server/audio/opus-codec";
import { voiceFrameSamples } from "@parley/media-server/media/voice/reply-audio";
import { speechRate } from "@parley/shared/audio/speech-rate";

/** Speech of 16 kHz as Opus packets of 20 ms, by the product's own encoder. */
export async function encodeSpeech(samples: Int16Array): Promise<Uint8Array[]> {
  const converter = await SampleRateConverter.open(speechRate, voiceSampleRate);
  const voice = converter.process(samples);
  converter.close();
  const encoder = await createVoiceEncoder();
  const packets: Uint8Array[] = [];
  for (let at = 0; at + voiceFrameSamples <= voice.length; at += voiceFrameSamples) {
    packets.push(encoder.encode(voice.slice(at, at + voiceFrameSamples)).slice());
  }
  encoder.close();
  return packets;
}
