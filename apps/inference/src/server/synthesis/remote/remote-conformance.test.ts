import { systemClock } from "@parley/shared/async/clock";
import { describeSynthesizer } from "@parley/speech/conformance/synthesizer-conformance";
import { FliteSynthesizer } from "@parley/speech/flite/flite-synthesizer";
import { RemoteSynthesizer } from "@parley/speech/remote/remote-synthesizer";
import { afterAll, beforeAll } from "vitest";
import { startSynthesisServer, type SynthesisServer } from "../../../testing/synthesis-server";

let flite: FliteSynthesizer | null = null;
let server: SynthesisServer | null = null;

beforeAll(async () => {
  flite = await FliteSynthesizer.open();
  server = await startSynthesisServer(flite, { maxClients: 64 });
});

afterAll(async () => {
  await server?.close();
  await flite?.close();
});

const transports = [
  { name: "WebSocket", address: (running: SynthesisServer) => running.webSocketUrl },
  { name: "HTTP", address: (running: SynthesisServer) => `${running.url}/v1` },
];

for (const { name, address } of transports) {
  describeSynthesizer({
    name: `Another Parley by ${name}`,
    open: () => {
      if (server === null) throw new TypeError("no server was started");
      const url = new URL(address(server));
      const requested = { apiKey: null, model: "tts-1", format: "pcm", voices: null } as const;
      const { signal } = new AbortController();
      return RemoteSynthesizer.open({ url, ...requested, clock: systemClock }, signal);
    },
  });
}
