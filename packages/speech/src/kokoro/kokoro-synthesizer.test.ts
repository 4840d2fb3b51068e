import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SynthesisPart, SynthesisRequest } from "../contracts/synthesizer";
import type { KokoroSynthesizer } from "./kokoro-synthesizer";
import { openKokoro } from "./open-kokoro";
import { shippedPronunciation, writeTinyKokoro, type TinyKokoro } from "./testing/tiny-kokoro";

let tiny: TinyKokoro;
let synthesizer: KokoroSynthesizer;

beforeAll(async () => {
  tiny = await writeTinyKokoro();
  synthesizer = await openKokoro({
    model: tiny.directory,
    pronunciation: shippedPronunciation,
    threads: 1,
    providers: ["cpu"],
  });
});

afterAll(async () => {
  await synthesizer.close();
  await tiny.remove();
});

async function* one(clause: string) {
  yield await Promise.resolve(clause);
}

async function partsOf(
  clause: string,
  request: Partial<SynthesisRequest> = {},
): Promise<SynthesisPart[]> {
  const { signal } = new AbortController();
  const parts: SynthesisPart[] = [];
  const asked = { clauses: one(clause), voice: "", signal, ...request };
  for await (const part of synthesizer.speak(asked)) parts.push(part);
  return parts;
}

describe("KokoroSynthesizer", () => {
  it("speaks a language with a voice of it, unless another voice is asked for", async () => {
    const plain = await partsOf("Hot water.");
    const british = await partsOf("Hot water.", { voice: "bf_emma" });
    expect(british).not.toEqual(plain);
    expect(await partsOf("Hot water.", { language: "en-GB" })).toEqual(british);
    expect(await partsOf("Hot water.", { language: "en-AU" })).toEqual(plain);
    const american = await partsOf("Hot water.", { voice: "bf_emma", language: "en-US" });
    expect(american).not.toEqual(british);
    const [error] = await partsOf("Hallo.", { language: "de" });
    expect(error).toMatchObject({ type: "error", error: { code: "invalid-request" } });
  });

  it("begins a reply with a short step, where somebody waits for it", async () => {
    const text = "The library opens at nine, and it closes at five in the afternoon, all week.";
    const soundsOf = (parts: SynthesisPart[]) => parts.filter(({ type }) => type === "audio");
    expect(soundsOf(await partsOf(text))).toHaveLength(2);
    expect(soundsOf(await partsOf(text, { quality: "batch" }))).toHaveLength(1);
  });
});
