import { describe, expect, it } from "vitest";
import { readWave } from "./read-wave";
import { writeWave } from "./write-wave";

describe("wave files", () => {
  it("come back as they were written", () => {
    const wave = { sampleRate: 16_000, samples: Int16Array.of(0, 1, -1, 32_767, -32_768) };
    expect(readWave(writeWave(wave))).toEqual(wave);
    // A Buffer may share its memory with others.
    expect(readWave(Buffer.from(writeWave(wave)))).toEqual(wave);
  });

  it("are read whole when the writer left their size open", () => {
    const bytes = writeWave({ sampleRate: 16_000, samples: Int16Array.of(5, 6) });
    new DataView(bytes.buffer).setUint32(40, 0xffff_ffff, true);
    expect(readWave(bytes).samples).toEqual(Int16Array.of(5, 6));
  });

  it("are refused when they are something else", () => {
    expect(() => readWave(new Uint8Array(3))).toThrow(TypeError);
    const stereo = writeWave({ sampleRate: 16_000, samples: Int16Array.of(5, 6) });
    new DataView(stereo.buffer).setUint16(22, 2, true);
    expect(() => readWave(stereo)).toThrow("2 channels");
    const headOnly = writeWave({ sampleRate: 16_000, samples: new Int16Array(0) });
    headOnly.set([0x78, 0x78], 36);
    expect(() => readWave(headOnly)).toThrow("without data");
  });
});
