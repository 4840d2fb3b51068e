/**
 * Moonshine's thread. Its voice activity and its witness run here too: they are asked about the same
 * sound, take a hundredth of the time, and a hop to other threads would cost more.
 */
import { systemClock } from "@parley/shared/async/clock";
import { MoonshineEngine } from "../moonshine/recognizer/moonshine-engine";
import { serveRecognizer } from "../recognition/serve-recognizer";
import { InlineSilero } from "../silero/inline-detector";
import { SileroModel } from "../silero/silero-model";
import { TransducerRecognizer } from "../transducer/recognizer/transducer-recognizer";
import type { WitnessedMoonshineSettings } from "./witnessed-moonshine";

await serveRecognizer<WitnessedMoonshineSettings>(async ({ moonshine, witness }) => {
  const activity = new InlineSilero(await SileroModel.load({ threads: 1 }));
  const second = await TransducerRecognizer.load(witness, systemClock);
  return await MoonshineEngine.load(moonshine, { activity, witness: second, clock: systemClock });
});
