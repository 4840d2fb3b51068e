const bitrate = 64;
/** Full scale of 16-bit samples. */
const fullScale = 32_768;

/**
 * MP3 by LAME while its sound comes about: 64 kbit/s, each frame as soon as it is full. LAME takes
 * any rate, and converts one that MP3 does not have.
 */
export async function* encodeMp3(
  samples: AsyncIterable<Int16Array>,
  sampleRate: number,
): AsyncGenerator<Uint8Array> {
  // Its module carries two encoders; most servers are never asked for either.
  const { createMp3Encoder } = await import("wasm-media-encoders");
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate, channels: 1, bitrate });
  for await (const piece of samples) {
    if (piece.length === 0) continue;
    // The encoder writes over what it returned.
    const bytes = encoder.encode([toFloats(piece)]).slice();
    if (bytes.length > 0) yield bytes;
  }
  yield encoder.finalize().slice();
}

function toFloats(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / fullScale);
}
