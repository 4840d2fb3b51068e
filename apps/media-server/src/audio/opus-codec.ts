import { speechRate } from "@parley/shared/audio/speech-rate";
import { Application, createDecoder, createEncoder, Signal } from "libopus-wasm";

/** Opus decoder straight to 16 kHz mono, the recognisers' rate: microphones are never resampled. */
export type SpeechDecoder = {
  /** @throws when the packet is not Opus. */
  decode(packet: Uint8Array): Int16Array;
  /** In-band FEC: decodes the frame lost just before `packet` from the redundancy in it. */
  recover(packet: Uint8Array, samples: number): Int16Array;
  /** Packet loss concealment: extrapolates a frame; `samples` must be a multiple of 40 (2.5 ms). */
  conceal(samples: number): Int16Array;
  close(): void;
};

/** Opus encoder: frames of 20 ms at 24 kHz mono to packets. */
export type VoiceEncoder = {
  encode(frame: Int16Array): Uint8Array;
  close(): void;
};

/** Hz of the agent's voice on the wire. */
export const voiceSampleRate = 24_000;

export async function createSpeechDecoder(): Promise<SpeechDecoder> {
  const decoder = await createDecoder({ sampleRate: speechRate, channels: 1 });
  return {
    decode: (packet) => decoder.decode(packet),
    recover: (packet, frameSize) => decoder.decode(packet, { decodeFec: true, frameSize }),
    conceal: (frameSize) => decoder.decodePacketLoss(frameSize),
    close: () => {
      decoder.free();
    },
  };
}

export async function createVoiceEncoder(): Promise<VoiceEncoder> {
  const encoder = await createEncoder({
    sampleRate: voiceSampleRate,
    channels: 1,
    application: Application.Voip,
    signal: Signal.Voice,
    bitrate: 40_000,
    // Half the CPU of complexity 9, with no audible difference for speech.
    complexity: 5,
    // FEC is only spent when loss is expected (packetLossPercent). At 5 % loss it cuts concealed
    // audio from 4.3 % to 1.3 %.
    fec: true,
    packetLossPercent: 10,
    frameSize: voiceSampleRate / 50,
  });
  return {
    encode: (frame) => encoder.encode(frame),
    close: () => {
      encoder.free();
    },
  };
}
