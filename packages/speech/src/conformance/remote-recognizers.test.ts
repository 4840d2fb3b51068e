import { systemClock } from "@parley/shared/async/clock";
import { afterAll, beforeAll } from "vitest";
import { openRecognizer } from "../engines/open-recognizer";
import { conversationTransducer } from "../engines/recognizer-choice";
import type { LastingRecognizer } from "../recognition/lasting-recognizer";
import { RivaServer } from "../remote/testing/riva-server";
import { VoiceBotEar } from "../remote/testing/voice-bot-ear";
import { loadAudio } from "../testing/audio-fixtures";
import { builtinModel } from "../testing/builtin-model";
import { describeRecognizer } from "./recognizer-conformance";

const fixtures = new URL("../transducer/fixtures/audio/", import.meta.url);
const recordings = [
  loadAudio(new URL("time_slt.wav", fixtures)),
  loadAudio(new URL("noisy_rms.wav", fixtures)),
] as const;

let far: LastingRecognizer | null = null;
let bot: VoiceBotEar | null = null;
let riva: RivaServer | null = null;

beforeAll(async () => {
  far = await openRecognizer(conversationTransducer({ model: builtinModel }));
  bot = new VoiceBotEar(far);
  riva = new RivaServer({ recognizer: far });
  await Promise.all([bot.start(), riva.start()]);
});

afterAll(async () => {
  riva?.stop();
  await bot?.stop();
  await far?.close();
});

function open(url: URL | undefined) {
  if (url === undefined) throw new TypeError("no server was started");
  const settings = { url, apiKey: null, model: "", language: null, clock: systemClock };
  return openRecognizer({ type: "remote", settings });
}

// Both protocols bring text as the server likes it, without the times of tokens.
const shared = { recordings, text: "what time is it", hasTimes: false, settlesInPauses: true };

describeRecognizer({ name: "The voice bot's server", open: () => open(bot?.url), ...shared });
describeRecognizer({ name: "A Riva server", open: () => open(riva?.url), ...shared });
