import { systemClock } from "@parley/shared/async/clock";
import { describeRecognizer } from "@parley/speech/conformance/recognizer-conformance";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { conversationTransducer } from "@parley/speech/engines/recognizer-choice";
import type { LastingRecognizer } from "@parley/speech/recognition/lasting-recognizer";
import { loadAudio } from "@parley/speech/testing/audio-fixtures";
import { builtinModel } from "@parley/speech/testing/builtin-model";
import { afterAll, beforeAll } from "vitest";
import {
  startRecognitionServer,
  type RecognitionServer,
} from "../../../testing/recognition-server";

const fixtures = new URL(
  "../../../../../../packages/speech/src/transducer/fixtures/audio/",
  import.meta.url,
);
const recordings = [
  loadAudio(new URL("time_slt.wav", fixtures)),
  loadAudio(new URL("noisy_rms.wav", fixtures)),
] as const;

let far: LastingRecognizer | null = null;
let server: RecognitionServer | null = null;

beforeAll(async () => {
  far = await openRecognizer(conversationTransducer({ model: builtinModel }));
  server = await startRecognitionServer(far, { maxClients: 64 });
});

afterAll(async () => {
  await server?.close();
  await far?.close();
});

function open(addressOf: (running: RecognitionServer) => string) {
  if (server === null) throw new TypeError("no server was started");
  const url = new URL(addressOf(server));
  const settings = { url, apiKey: null, model: "", language: null, clock: systemClock };
  return openRecognizer({ type: "remote", settings });
}

describeRecognizer({
  name: "Another Parley by WebSocket",
  open: () => open(({ webSocketUrl }) => webSocketUrl),
  recordings,
  text: "what time is it",
});

describeRecognizer({
  name: "Another Parley's transcriptions",
  open: () =>
    open(({ transcriptionsUrl }) => transcriptionsUrl.replace("/audio/transcriptions", "")),
  recordings,
  text: "what time is it",
  // The answer is the text alone.
  hasTimes: false,
});
