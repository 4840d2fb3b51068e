import { systemClock } from "@parley/shared/async/clock";
import type { SynthesisPart, Synthesizer } from "@parley/speech/contracts/synthesizer";
import { FliteSynthesizer } from "@parley/speech/flite/flite-synthesizer";
import { RemoteSynthesizer } from "@parley/speech/remote/remote-synthesizer";
import { SteppedSynthesizer } from "@parley/speech/testing/stepped-synthesizer";
import { afterEach, describe, expect, it } from "vitest";
import { startSynthesisServer, type SynthesisServer } from "../../../testing/synthesis-server";

const never = new AbortController().signal;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const transports = [
  { transport: "WebSocket", addressOf: (server: SynthesisServer) => server.webSocketUrl },
  { transport: "HTTP", addressOf: (server: SynthesisServer) => `${server.url}/v1` },
];

async function open(far: Synthesizer, addressOf: (server: SynthesisServer) => string) {
  const server = await startSynthesisServer(far);
  closers.push(() => server.close());
  const url = new URL(addressOf(server));
  const requested = { apiKey: null, model: "tts-1", format: "pcm", voices: null } as const;
  const near = await RemoteSynthesizer.open({ url, ...requested, clock: systemClock }, never);
  closers.push(() => near.close());
  return { server, near };
}

async function* say(...clauses: string[]) {
  for (const clause of clauses) yield await Promise.resolve(clause);
}

/** The sound of each clause. */
async function soundsOf(parts: AsyncIterable<SynthesisPart>): Promise<number[][]> {
  const sounds: number[][] = [];
  for await (const part of parts) {
    if (part.type === "error") throw part.error;
    if (part.type === "clause-start") sounds.push([]);
    if (part.type === "audio") sounds.at(-1)?.push(...part.samples);
  }
  return sounds;
}

describe.each(transports)(
  "one Parley that speaks through another by $transport",
  ({ addressOf }) => {
    it("sounds as the other one, clause by clause", async () => {
      const flite = await FliteSynthesizer.open();
      closers.push(() => flite.close());
      const { server, near } = await open(flite, addressOf);
      expect(near.name).toBe(`Flite at ${new URL(server.url).host}`);
      expect(near).toMatchObject({ voices: flite.voices, languages: ["en"], sampleRate: 16_000 });
      const clauses = ["**It** costs $5.20,", "on 3 May.", "…"];
      const request = { voice: "rms", signal: never };
      const far = await soundsOf(flite.speak({ ...request, clauses: say(...clauses) }));
      expect(await soundsOf(near.speak({ ...request, clauses: say(...clauses) }))).toEqual(far);
    });

    it("asks for the voice and language, and passes the first sound on at once", async () => {
      const far = new SteppedSynthesizer();
      const { near } = await open(far, addressOf);
      let goOn: () => void = () => undefined;
      const isHeard = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      far.gate = () => (far.pieces < 2 ? Promise.resolve() : isHeard);
      const requested = { voice: "Sofia", language: "zh", signal: never };
      const pieces: number[] = [];
      for await (const part of near.speak({ ...requested, clauses: say("abcdef") })) {
        if (part.type === "audio") pieces.push(far.pieces);
        if (part.type === "audio") goOn();
      }
      expect(pieces[0]).toBe(2);
      expect(far.clauses[0]?.request).toMatchObject({ voice: "Sofia", language: "zh" });
    });

    it("cancels at the other one when the reply is cancelled", async () => {
      const far = new SteppedSynthesizer();
      const { near } = await open(far, addressOf);
      far.gate = ({ signal }) =>
        far.pieces < 2
          ? Promise.resolve()
          : new Promise((resolve) => {
              signal.addEventListener("abort", () => {
                resolve();
              });
            });
      for await (const { type } of near.speak({ clauses: say("abc"), voice: "", signal: never })) {
        if (type === "audio") break;
      }
      await far.allEnded();
      expect(far.pieces).toBe(2);
    });

    it("reports a reply that fails there, and speaks the next one", async () => {
      const far = new SteppedSynthesizer();
      const { server, near } = await open(far, addressOf);
      const parts: SynthesisPart[] = [];
      for await (const part of near.speak({ clauses: say("a!", "b"), voice: "", signal: never })) {
        parts.push(part);
      }
      const message = expect.stringContaining(new URL(server.url).host) as string;
      expect(parts.at(-1)).toMatchObject({ type: "error", error: { message } });
      const next = near.speak({ clauses: say("b"), voice: "", signal: never });
      expect(await soundsOf(next)).toEqual([Array<number>(2_205).fill(98)]);
    });
  },
);
