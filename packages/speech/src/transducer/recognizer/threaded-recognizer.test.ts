import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtinModel } from "../../testing/builtin-model";
import { loadAudio } from "../../testing/audio-fixtures";
import { plainSettings } from "../../testing/recognize";
import type { TransducerSettings } from "../transducer-settings";
import { ThreadedRecognizer } from "./threaded-recognizer";

const model = builtinModel;
const settings: TransducerSettings = { ...plainSettings, model, finish: "silence" };
const audio = loadAudio(new URL("../fixtures/audio/time_slt.wav", import.meta.url));

describe("ThreadedRecognizer", () => {
  it("hears in its thread what is written here, and leaves the caller its samples", async () => {
    const recognizer = await ThreadedRecognizer.open(settings);
    try {
      const stream = await recognizer.open();
      const other = await recognizer.open();
      const whole = new Int16Array(audio.length + 100);
      whole.set(audio, 100);
      const written = stream.write(whole.subarray(100));
      expect(whole.length).toBe(audio.length + 100);
      await written;
      const peeked = await stream.peekFinal();
      expect(peeked.text).toBe("what time is it");
      expect(await stream.finish()).toEqual(peeked);
      expect((await other.finish()).text).toBe("");
      await stream.reset();

      const calls = [stream.write(audio), stream.write(audio), stream.finish()];
      stream.close();
      stream.close();
      for (const call of calls) {
        await expect(call).rejects.toMatchObject({ code: "invalid-state" });
      }
      await expect(stream.peekFinal()).rejects.toMatchObject({ code: "invalid-state" });
      expect((await other.write(audio)).text).not.toBe("");
    } finally {
      await recognizer.close();
    }
    await recognizer.close();
    await expect(recognizer.open()).rejects.toMatchObject({ code: "invalid-state" });
  });

  it("rejects with model-mismatch when there is no model", async () => {
    await expect(
      ThreadedRecognizer.open({ ...settings, model: join(model, "nowhere") }),
    ).rejects.toMatchObject({ code: "model-mismatch" });
  });
});
