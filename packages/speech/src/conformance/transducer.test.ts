import { fileURLToPath } from "node:url";
import { openRecognizer } from "../engines/open-recognizer";
import { conversationTransducer } from "../engines/recognizer-choice";
import { loadAudio } from "../testing/audio-fixtures";
import { builtinModel } from "../testing/builtin-model";
import { plainSettings } from "../testing/recognize";
import { describeRecognizer } from "./recognizer-conformance";

const fixtures = new URL("../transducer/fixtures/", import.meta.url);
const recordings = [
  loadAudio(new URL("audio/time_slt.wav", fixtures)),
  loadAudio(new URL("audio/noisy_rms.wav", fixtures)),
] as const;
const tdt = fileURLToPath(new URL("models/parakeet-tdt-like", fixtures));
const window = { chunk: 0.96, left: 4.96, right: 0.96 };

describeRecognizer({
  name: "The cache-aware transducer",
  open: () => openRecognizer(conversationTransducer({ model: builtinModel })),
  recordings,
  text: "what time is it",
});

// Of random weights: their words mean nothing, but are the same each time.
describeRecognizer({
  name: "The buffered transducer",
  open: () =>
    openRecognizer({ type: "transducer", settings: { ...plainSettings, model: tdt, window } }),
  recordings,
});

describeRecognizer({
  name: "The transducer in one pass",
  open: () =>
    openRecognizer({
      type: "transducer",
      settings: { ...plainSettings, model: tdt, isOffline: true },
    }),
  recordings,
});
