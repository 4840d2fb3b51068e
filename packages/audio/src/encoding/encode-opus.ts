import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import { Application, createEncoder, type OpusEncoderHandle, Signal } from "libopus-wasm";
import { OggPages } from "./ogg-pages";
import { resample } from "../resampling/resample";

/** Positions in Ogg Opus count at this rate for any rate of the sound (RFC 7845). */
const tickRate = 48_000;
const opusRates = [8_000, 12_000, 16_000, 24_000, 48_000] as const;
const framesPerSecond = 50;
/** Frames on a page, a fifth of a second; the first frame has a page of its own. */
const framesPerPage = 10;
const bitrate = 32_000;

/** Encodes Ogg Opus while the sound is made: frames of 20 ms at the codec's next higher rate. */
export async function* encodeOpus(
  samples: AsyncIterable<Int16Array>,
  sampleRate: number,
): AsyncGenerator<Uint8Array> {
  const rate = opusRates.find((candidate) => candidate >= sampleRate) ?? tickRate;
  const encoder = await createEncoder({
    sampleRate: rate,
    channels: 1,
    application: Application.Audio,
    signal: Signal.Voice,
    bitrate,
    frameSize: rate / framesPerSecond,
  });
  try {
    yield* encodeFrames(resample(samples, sampleRate, rate), encoder, sampleRate);
  } finally {
    encoder.free();
  }
}

async function* encodeFrames(
  samples: AsyncIterable<Int16Array>,
  encoder: OpusEncoderHandle,
  inputRate: number,
): AsyncGenerator<Uint8Array> {
  const ticksPerSample = tickRate / encoder.sampleRate;
  const frameTicks = tickRate / framesPerSecond;
  const skipTicks = encoder.getLookahead() * ticksPerSample;
  // The serial number is arbitrary, as the file has a single stream.
  const ogg = new OggPages(1);
  yield ogg.page([identification(skipTicks, inputRate)], 0);
  yield ogg.page([comment()], 0);

  const slicer = new FrameSlicer(encoder.frameSize);
  let soundTicks = 0;
  let packets: Uint8Array[] = [];
  let encodedTicks = 0;
  const encode = (frame: Int16Array) => {
    packets.push(encoder.encode(frame).slice());
    encodedTicks += frameTicks;
  };
  for await (const piece of samples) {
    soundTicks += piece.length * ticksPerSample;
    for (const frame of slicer.push(piece)) {
      // A page is written when more follows, since the last one needs a flag.
      if (packets.length === framesPerPage || encodedTicks === frameTicks) {
        yield ogg.page(packets, encodedTicks);
        packets = [];
      }
      encode(frame);
    }
  }
  const rest = slicer.flush();
  if (rest !== null) encode(rest);
  // Silence flushes the encoder's delay, which players skip at the start.
  while (encodedTicks < soundTicks + skipTicks) encode(new Int16Array(encoder.frameSize));
  yield ogg.page(packets, soundTicks + skipTicks, true);
}

function identification(skipTicks: number, inputRate: number): Uint8Array {
  const packet = Buffer.alloc(19);
  packet.write("OpusHead", "latin1");
  packet.writeUInt8(1, 8);
  packet.writeUInt8(1, 9);
  packet.writeUInt16LE(skipTicks, 10);
  packet.writeUInt32LE(inputRate, 12);
  return packet;
}

function comment(): Uint8Array {
  const vendor = Buffer.from("Parley", "latin1");
  const packet = Buffer.alloc(8 + 4 + vendor.length + 4);
  packet.write("OpusTags", "latin1");
  packet.writeUInt32LE(vendor.length, 8);
  vendor.copy(packet, 12);
  return packet;
}
