import { afterAll, beforeAll } from "vitest";
import { openKokoro } from "../kokoro/open-kokoro";
import {
  shippedPronunciation,
  writeTinyKokoro,
  type TinyKokoro,
} from "../kokoro/testing/tiny-kokoro";
import { describeSynthesizer } from "./synthesizer-conformance";

/** A folder of the real model, for a run by hand; the suite then takes minutes. */
const installed = process.env.PARLEY_TEST_KOKORO;
let tiny: TinyKokoro | null = null;

beforeAll(async () => {
  tiny = await writeTinyKokoro();
});

afterAll(() => tiny?.remove());

function open(model: string | undefined) {
  if (model === undefined) throw new TypeError("no model was written");
  const pronunciation = shippedPronunciation;
  return openKokoro({ model, pronunciation, threads: 1, providers: ["cpu"] });
}

describeSynthesizer({ name: "Kokoro", open: () => open(tiny?.directory) });

if (installed !== undefined) {
  describeSynthesizer({ name: "Kokoro's own weights", open: () => open(installed) });
}
