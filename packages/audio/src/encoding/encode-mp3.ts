const bitrate = 64;
/** Full scale of 16-bit samples. */
const fullScale = 32_768;

/**
 * Encodes MP3 by LAME while the sound is made: 64 kbit/s, each frame as soon as it is full. LAME
 * converts rates that MP3 does not have.
 */
export async function* encodeMp3(
  samples: AsyncIterable<Int16Array>,
  sampleRate: number,
): AsyncGenerator<Uint8Array> {
  // Loaded on demand: most servers never encode MP3.
  const { createMp3Encoder } = await import("wasm-media-encoders");
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate, channels: 1, bitrate });
  for await (const piece of samples) {
    if (piece.length === 0) continue;
    // A copy, since the encoder reuses its buffer.
    const bytes = encoder.encode([toFloats(piece)]).slice();
    if (bytes.length > 0) yield bytes;
  }
  yield encoder.finalize().slice();
}

function toFloats(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / fullScale);
}
