import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { KokoroEngine } from "./kokoro-engine";
import { isKokoroFolder } from "./is-kokoro-folder";
import { shippedPronunciation, writeTinyKokoro, type TinyKokoro } from "./testing/tiny-kokoro";

let tiny: TinyKokoro;
let engine: KokoroEngine | null = null;

beforeAll(async () => {
  tiny = await writeTinyKokoro();
});

afterAll(() => tiny.remove());

afterEach(async () => {
  await engine?.close();
  engine = null;
});

async function open(directory: string): Promise<KokoroEngine> {
  engine = await KokoroEngine.open({
    model: directory,
    pronunciation: shippedPronunciation,
    threads: 1,
    providers: ["cpu"],
  });
  return engine;
}

describe("KokoroEngine", () => {
  it("speaks with the voice and the accent that it is asked for", async () => {
    const speaker = await open(tiny.directory);
    const spoken = async (voice: string, accent: "us" | "gb") =>
      Buffer.from((await speaker.synthesize({ text: "Hot water.", voice, accent })).buffer);
    const heart = await spoken("af_heart", "us");
    expect(heart.length).toBeGreaterThan(0);
    expect((await spoken("af_heart", "us")).equals(heart)).toBe(true);
    expect((await spoken("am_puck", "us")).equals(heart)).toBe(false);
    expect((await spoken("af_heart", "gb")).equals(heart)).toBe(false);
  });

  it("speaks texts beyond what the model reads at once", async () => {
    const speaker = await open(tiny.directory);
    const lengthOf = async (text: string) =>
      (await speaker.synthesize({ text, voice: "af_heart", accent: "us" })).length;
    const once = await lengthOf("banana ".repeat(40));
    expect(await lengthOf("banana ".repeat(160))).toBeGreaterThan(3.5 * once);
  });

  it("knows its folder, and says what is missing", async () => {
    const broken = await writeTinyKokoro();
    try {
      expect(await isKokoroFolder(broken.directory)).toBe(true);
      await rm(join(broken.directory, "onnx/model.onnx"));
      await expect(open(broken.directory)).rejects.toMatchObject({
        code: "model-mismatch",
        message: expect.stringContaining("onnx/model.onnx") as string,
      });
      await rm(join(broken.directory, "tokenizer.json"));
      expect(await isKokoroFolder(broken.directory)).toBe(false);
      await expect(open(broken.directory)).rejects.toMatchObject({ code: "model-mismatch" });
    } finally {
      await broken.remove();
    }
  });
});
