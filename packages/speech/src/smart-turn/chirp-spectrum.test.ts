import { expect, it } from "vitest";
import { seededRandom } from "../testing/audio-fixtures";
import { ChirpSpectrum } from "./chirp-spectrum";

it.each([2, 6, 400])("equals the sum of its definition for %i samples", (size) => {
  const spectrum = new ChirpSpectrum(size);
  const random = seededRandom(size);
  for (let at = 0; at < size; at++) spectrum.samples[at] = random() - 0.5;
  const powers = Array.from({ length: size / 2 + 1 }, (_, bin) => {
    let [real, imaginary] = [0, 0];
    for (const [at, sample] of spectrum.samples.entries()) {
      real += sample * Math.cos((2 * Math.PI * bin * at) / size);
      imaginary -= sample * Math.sin((2 * Math.PI * bin * at) / size);
    }
    return real ** 2 + imaginary ** 2;
  });
  spectrum.compute();
  for (const [bin, power] of spectrum.powers.entries()) expect(power).toBeCloseTo(powers[bin]!, 9);
});
