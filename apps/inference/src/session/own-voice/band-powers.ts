/** Bands in which sounds are compared. */
export const bandCount = 12;
/** Length of the sound that is measured, and how often it is. */
export const frameMs = 20;

/** Speech, as loudspeakers of telephones carry it: Hz. */
const lowest = 250;
const highest = 3_600;
/** Frequencies in each band. */
const tonesPerBand = 3;

/** Added to powers before their logarithm: half a step of 16 bits. */
export const quietestPower = 0.25;

/** Powers of one stretch of sound, by band, and their decimal logarithms. */
export type BandRow = { readonly powers: Float64Array; readonly levels: Float64Array };

export function bandRow(powers: Float64Array): BandRow {
  return { powers, levels: powers.map((power) => Math.log10(power + quietestPower)) };
}

/** Power of 20 ms of sound in bands from 250 to 3,600 Hz. */
export class BandPowers {
  readonly frameSamples: number;
  /** For each tone a cosine and a sine under a Hann window, one after the other. */
  readonly #waves: readonly Float64Array[];

  /** @param sampleRate Hz, 8,000 or more */
  constructor(sampleRate: number) {
    this.frameSamples = Math.round((sampleRate * frameMs) / 1_000);
    const tones = bandCount * tonesPerBand;
    this.#waves = Array.from({ length: tones }, (_, tone) => {
      const frequency = lowest * (highest / lowest) ** (tone / (tones - 1));
      return [Math.cos, Math.sin].map((wave) =>
        Float64Array.from({ length: this.frameSamples }, (_unused, at) => {
          const hann = 1 - Math.cos((2 * Math.PI * (at + 0.5)) / this.frameSamples);
          return (hann * wave((2 * Math.PI * frequency * at) / sampleRate)) / this.frameSamples;
        }),
      );
    }).flat();
  }

  /** @param samples from `from` on; what is missing at the end counts as silence */
  of(samples: Int16Array, from = 0): BandRow {
    const powers = new Float64Array(bandCount);
    const length = Math.min(this.frameSamples, samples.length - from);
    for (const [index, wave] of this.#waves.entries()) {
      let sum = 0;
      for (let at = 0; at < length; at++) sum += (wave[at] ?? 0) * (samples[from + at] ?? 0);
      const band = Math.floor(index / (2 * tonesPerBand));
      powers[band] = (powers[band] ?? 0) + sum * sum;
    }
    return bandRow(powers);
  }
}
