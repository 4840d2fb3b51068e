import { seededRandom } from "@parley/speech/testing/audio-fixtures";
import { toSamples } from "../sounds/levels";

const sampleRate = 16_000;
/** Until the sound has died away by 60 dB: a furnished room. */
const decaySeconds = 0.4;
const echoesPerSecond = 1_500;
/** Reflected power for a direct sound of power 1: one and a half metres from the microphone. */
const reflectedPower = 0.5;
/** The nearest wall, some 1.5 m further. */
const firstEchoSeconds = 0.004;

type Echo = { delay: number; gain: number };

/**
 * A room as velvet noise: echoes of random sign, one at a random place in each of equal intervals,
 * which sounds like a dense tail (Välimäki et al., "Late reverberation synthesis using
 * filtered velvet noise", 2017). Few enough to be added one by one.
 */
function echoesOf(seed: number): Echo[] {
  const random = seededRandom(seed);
  const count = Math.round(echoesPerSecond * (decaySeconds - firstEchoSeconds));
  const echoes = Array.from({ length: count }, (_, place) => {
    const seconds = firstEchoSeconds + (place + random()) / echoesPerSecond;
    const gain = (random() < 0.5 ? -1 : 1) * 10 ** ((-3 * seconds) / decaySeconds);
    return { delay: Math.round(seconds * sampleRate), gain };
  });
  const power = echoes.reduce((sum, { gain }) => sum + gain ** 2, 0);
  const scale = Math.sqrt(reflectedPower / power);
  return echoes.map(({ delay, gain }) => ({ delay, gain: gain * scale }));
}

/** Speech in a room of its own. */
export function reverberate(speech: Int16Array, seed: number): Int16Array {
  const sound = Float64Array.from(speech);
  for (const { delay, gain } of echoesOf(seed)) {
    for (let at = delay; at < sound.length; at++) {
      sound[at] = (sound[at] ?? 0) + gain * (speech[at - delay] ?? 0);
    }
  }
  return toSamples(sound);
}
