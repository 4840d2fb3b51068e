import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeTinyKokoro, type TinyKokoro } from "../testing/tiny-kokoro";
import { VoiceStyles } from "./voice-styles";

let tiny: TinyKokoro;

beforeEach(async () => {
  tiny = await writeTinyKokoro();
});

afterEach(() => tiny.remove());

describe("VoiceStyles", () => {
  it("has the English voices, the best first and Britons last", async () => {
    const { names } = await VoiceStyles.open(tiny.directory);
    expect(names).toEqual(["af_heart", "am_puck", "bf_emma"]);
  });

  it("takes the row of the text's length, and the last for longer ones", async () => {
    const rows = Float32Array.from({ length: 510 * 256 }, (_, at) => Math.floor(at / 256));
    const file = join(tiny.directory, "voices/af_heart.bin");
    await writeFile(file, new Uint8Array(rows.buffer));
    const styles = await VoiceStyles.open(tiny.directory);
    for (const [phonemes, row] of [
      [1, 0],
      [12, 11],
      [510, 509],
      [900, 509],
    ] as const) {
      expect([...(await styles.row("af_heart", phonemes))]).toEqual(Array(256).fill(row));
    }
  });

  it("refuses a file of another size, and a folder without voices", async () => {
    await writeFile(join(tiny.directory, "voices/af_heart.bin"), "short");
    const styles = await VoiceStyles.open(tiny.directory);
    await expect(styles.row("af_heart", 3)).rejects.toMatchObject({ code: "model-mismatch" });
    await expect(VoiceStyles.open(join(tiny.directory, "onnx"))).rejects.toMatchObject({
      code: "model-mismatch",
    });
  });
});
