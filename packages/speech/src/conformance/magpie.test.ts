import { afterAll, beforeAll } from "vitest";
import { MagpieSynthesizer } from "../magpie/synthesizer/magpie-synthesizer";
import { convertVoice, type ConvertedVoice } from "../magpie/testing/converted-voices";
import { describeSynthesizer } from "./synthesizer-conformance";

let voice: ConvertedVoice | null = null;

beforeAll(async () => {
  voice = await convertVoice("bundled");
});

afterAll(() => voice?.remove());

describeSynthesizer({
  name: "Magpie",
  open: () => {
    if (voice === null) throw new TypeError("no model was converted");
    const { model, codec } = voice;
    const inference = { maxDecoderSteps: 16 };
    const settings = { model, codec, threads: 1, providers: [], maxStreams: 4, inference };
    return MagpieSynthesizer.open(settings);
  },
});
