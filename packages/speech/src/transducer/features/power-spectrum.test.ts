import { describe, expect, it } from "vitest";
import { seededRandom } from "../../testing/audio-fixtures";
import { fftSize, PowerSpectrum, spectrumBins } from "./power-spectrum";

describe("PowerSpectrum", () => {
  it("equals the Fourier sum", () => {
    const random = seededRandom(1);
    const spectrum = new PowerSpectrum();
    spectrum.samples.set(Float64Array.from({ length: fftSize }, () => random() - 0.5));
    spectrum.compute();
    expect(spectrum.powers).toHaveLength(spectrumBins);
    for (const bin of [0, 1, 2, 77, 127, 128, 129, 200, 255, 256]) {
      let real = 0;
      let imaginary = 0;
      spectrum.samples.forEach((sample, index) => {
        real += sample * Math.cos((2 * Math.PI * bin * index) / fftSize);
        imaginary += sample * Math.sin((2 * Math.PI * bin * index) / fftSize);
      });
      expect(spectrum.powers[bin]).toBeCloseTo(real ** 2 + imaginary ** 2, 10);
    }
  });
});
