/** The transducer's thread: runs take milliseconds each and would hold up every socket. */
import { systemClock } from "@parley/shared/async/clock";
import { serveRecognizer } from "../recognition/serve-recognizer";
import type { TransducerSettings } from "./transducer-settings";
import { TransducerRecognizer } from "./recognizer/transducer-recognizer";

await serveRecognizer<TransducerSettings>((settings) =>
  TransducerRecognizer.load(settings, systemClock),
);
