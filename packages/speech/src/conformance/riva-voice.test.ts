import { systemClock } from "@parley/shared/async/clock";
import { afterAll, beforeAll } from "vitest";
import { FliteSynthesizer } from "../flite/flite-synthesizer";
import { RemoteSynthesizer } from "../remote/remote-synthesizer";
import { RivaServer } from "../remote/testing/riva-server";
import { describeSynthesizer } from "./synthesizer-conformance";

let flite: FliteSynthesizer | null = null;
let riva: RivaServer | null = null;

beforeAll(async () => {
  flite = await FliteSynthesizer.open();
  riva = new RivaServer({ synthesizer: flite });
  await riva.start();
});

afterAll(async () => {
  riva?.stop();
  await flite?.close();
});

describeSynthesizer({
  name: "A Riva server's voice",
  open: () => {
    if (riva === null) throw new TypeError("no server was started");
    const requested = { apiKey: null, model: "", format: "pcm", voices: null } as const;
    const { signal } = new AbortController();
    return RemoteSynthesizer.open({ url: riva.url, ...requested, clock: systemClock }, signal);
  },
});
