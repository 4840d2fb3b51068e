import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { openKokoro } from "../kokoro/open-kokoro";
import {
  shippedPronunciation,
  writeTinyKokoro,
  type TinyKokoro,
} from "../kokoro/testing/tiny-kokoro";
import { describeSynthesizer } from "./synthesizer-conformance";

/** The real model, in an optional folder beside the repository; the suite then takes minutes. */
const installed = fileURLToPath(new URL("../../../../../shared/fixtures/kokoro/", import.meta.url));
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

if (existsSync(installed)) {
  describeSynthesizer({ name: "Kokoro's own weights", open: () => open(installed) });
}
