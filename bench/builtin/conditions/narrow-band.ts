import { toSamples } from "../sounds/levels";

const sampleRate = 16_000;
/** Pass band and transition band of a telephone at 8,000 samples a second. */
const cutoffHertz = 3_700;
const taps = 127;

/** A low-pass filter: a sinc under a Hamming window, of gain 1. */
function lowPass(): Float64Array {
  const middle = (taps - 1) / 2;
  const kernel = Float64Array.from({ length: taps }, (_, tap) => {
    const phase = (2 * Math.PI * cutoffHertz * (tap - middle)) / sampleRate;
    const sinc = phase === 0 ? 1 : Math.sin(phase) / phase;
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * tap) / (taps - 1)));
  });
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
}

const kernel = lowPass();

/** The band that is left of speech sampled 8,000 times a second, at 16 kHz again. */
export function narrowBand(speech: Int16Array): Int16Array {
  const middle = (taps - 1) / 2;
  const filtered = Float64Array.from(speech, (_, at) => {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      sum += (kernel[tap] ?? 0) * (speech[at + middle - tap] ?? 0);
    }
    return sum;
  });
  return toSamples(filtered);
}
