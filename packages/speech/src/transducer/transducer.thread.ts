/** The transducer's thread: runs take milliseconds each and would hold up every socket. */
import { systemClock } from "@parley/shared/async/clock";
import { serveRecognizer } from "../recognition/serve-recognizer";
import type { RecognizerSettings } from "./recognizer/recognizer-settings";
import { TransducerRecognizer } from "./recognizer/transducer-recognizer";

await serveRecognizer<RecognizerSettings>((settings) =>
  TransducerRecognizer.load(settings, systemClock),
);
