import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMagpieManifest } from "../decoding/magpie-model";
import { seededRandom } from "../../testing/audio-fixtures";
import { codeCodec } from "../testing/code-codec";
import { convertVoice, type ConvertedVoice } from "../testing/converted-voices";
import { requestFor, speakIds } from "../testing/speak-ids";
import { MagpieEngine } from "./magpie-engine";
import type { MagpieRequest } from "./magpie-request";

describe("MagpieEngine", () => {
  let voice: ConvertedVoice;
  let engine: MagpieEngine;
  let texts: number[][];

  const openEngine = async (maxStreams: number) => {
    const manifest = await readMagpieManifest(join(voice.model, "parley.json"));
    // Random weights end soon.
    const inference = { minGeneratedFrames: 20 };
    const settings = { model: voice.model, threads: 1, providers: [], maxStreams, inference };
    return MagpieEngine.openWith(settings, codeCodec(manifest));
  };

  beforeAll(async () => {
    voice = await convertVoice("bundled");
    engine = await openEngine(8);
    const random = seededRandom(1);
    const { textTokens } = engine.manifest;
    texts = [5, 41, 12, 30, 22].map((length) => [
      ...Array.from({ length }, () => Math.floor(random() * (textTokens - 2))),
      textTokens - 1,
    ]);
  });

  afterAll(async () => {
    await engine.close();
    await voice.remove();
  });

  /** Differs in text, voice, seed, temperature and number of chunks. */
  function someRequest(index: number): MagpieRequest {
    const ids = texts[index % texts.length] ?? [];
    const chunks =
      index % 3 === 0 ? [{ ids }, { ids: texts[(index + 1) % texts.length]! }] : [{ ids }];
    const temperature = index % 2 === 0 ? 0.6 : 0.9;
    return requestFor([], { chunks, voice: index % 5, seed: index, temperature, isGreedy: false });
  }

  it("speaks many utterances together as each alone, whenever they join and leave", async () => {
    const random = seededRandom(3);
    const requests = Array.from({ length: 8 }, (_, index) => someRequest(index));
    const alone = [];
    for (const request of requests) alone.push(await speakIds(engine, request));
    const together = requests.map(async (request, index) => {
      const turns = Math.floor(random() * 20);
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      const controller = new AbortController();
      // Every third one is given up on the way, and said again.
      if (index % 3 === 1) {
        const { signal } = controller;
        for await (const part of engine.synthesize({ ...request, signal })) {
          if (part.type === "audio") break;
        }
      }
      return speakIds(engine, request);
    });
    expect(await Promise.all(together)).toEqual(alone);
    expect(engine.streams).toBe(0);
  });

  it("draws the same codes from the same seed, and others from another", async () => {
    const request = someRequest(1);
    const first = await speakIds(engine, request);
    expect(await speakIds(engine, request)).toEqual(first);
    expect(await speakIds(engine, { ...request, seed: 99 })).not.toEqual(first);
  });

  it("lets the first frames be heard before the rest is made", async () => {
    const pieces = (await speakIds(engine, someRequest(2))).pieces.map(({ length }) => length);
    expect(pieces.slice(0, 4)).toEqual([2, 2, 4, 8]);
    const batch = await speakIds(engine, { ...someRequest(2), quality: "batch" });
    expect(batch.pieces.length).toBeLessThan(pieces.length);
    expect(batch.pieces.flatMap((piece) => [...piece])).toEqual(batch.codes[0]);
  });

  it("frees an utterance's place within a step of its abort", async () => {
    const small = await openEngine(1);
    const controller = new AbortController();
    const { signal } = controller;
    const parts = small.synthesize({ ...someRequest(0), signal });
    await parts.next();
    await expect(speakIds(small, someRequest(1))).rejects.toMatchObject({ code: "at-capacity" });
    const waiting = parts.next();
    controller.abort(new Error("enough"));
    expect(small.streams).toBe(0);
    await waiting.then(
      () => expect(parts.next()).rejects.toThrow("enough"),
      (error: unknown) => {
        expect(error).toMatchObject({ message: "enough" });
      },
    );
    expect((await speakIds(small, someRequest(1))).pieces.length).toBeGreaterThan(0);
    await small.close();
  });

  it("ends all utterances when it is closed", async () => {
    const closing = await openEngine(2);
    const speaking = speakIds(closing, someRequest(0));
    const expected = expect(speaking).rejects.toMatchObject({ code: "invalid-state" });
    await new Promise(setImmediate);
    await closing.close();
    await closing.close();
    await expected;
    await expect(speakIds(closing, someRequest(0))).rejects.toMatchObject({
      code: "invalid-state",
    });
  });

  it.each([
    ["an unknown voice", { voice: 5 }, "no voice 5"],
    ["no text", { chunks: [] }, "no text"],
    ["an empty chunk", { chunks: [{ ids: [] }] }, "empty"],
    ["an id beyond the vocabulary", { chunks: [{ ids: [1e6] }] }, "1000000"],
    ["more than it can read", { chunks: [{ ids: new Array<number>(5_000).fill(1) }] }, "too long"],
    ["a senseless temperature", { temperature: NaN }, "NaN"],
  ])("refuses %s", async (_, wrong, message) => {
    const request = { ...someRequest(1), ...wrong };
    await expect(speakIds(engine, request)).rejects.toThrow(message);
    await expect(speakIds(engine, request)).rejects.toMatchObject({ code: "invalid-request" });
  });
});
