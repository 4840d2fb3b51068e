import { describe, expect, it } from "vitest";
import { restoreTransducerState, serializeTransducerState } from "./transducer-state-codec";

const shape = { encoderWidth: 96, predictorLayers: 2, predictorWidth: 3, outputs: 14 };
const model = { shape, durations: [0, 1, 2, 3] };
const state = {
  lastToken: 8,
  hidden: Float32Array.of(1, -2, 3.5, 1e-30, 0, 6),
  cell: Float32Array.of(-1, 2, 0.1, 4, 5, -6),
  skip: 2,
  boostingNode: 70_000,
};

describe("a transducer state as bytes", () => {
  it("comes back as it was, from any place in a larger array", () => {
    const bytes = serializeTransducerState(state, shape);
    expect(restoreTransducerState(bytes, model)).toEqual(state);
    const larger = new Uint8Array(bytes.length + 9);
    larger.set(bytes, 3);
    const view = larger.subarray(3, 3 + bytes.length);
    expect(restoreTransducerState(view, model)).toEqual(state);
  });

  it("is refused by a model that it cannot have come from", () => {
    const bytes = serializeTransducerState(state, shape);
    const refusal = (other: Partial<typeof shape>, durations: readonly number[] | null) => () =>
      restoreTransducerState(bytes, { shape: { ...shape, ...other }, durations });
    const message = (text: string) =>
      expect.objectContaining({ code: "model-mismatch", message: text }) as Error;
    expect(refusal({ predictorWidth: 6, predictorLayers: 1 }, model.durations)).toThrow(
      message("a transducer state of 2×3 for a model of 1×6"),
    );
    expect(refusal({ outputs: 12 }, model.durations)).toThrow(
      message("a transducer state with token 8 for a model of 7"),
    );
    expect(refusal({}, null)).toThrow(
      message("a transducer state that skips 2 frames for a model of 1"),
    );
  });

  it("is refused when it is cut, of another version or no state at all", () => {
    const bytes = serializeTransducerState(state, shape);
    const newer = bytes.with(3, 2);
    const notFinite = bytes.slice();
    new DataView(notFinite.buffer).setFloat32(24, NaN, true);
    const broken = [bytes.subarray(0, 40), bytes.subarray(0, 5), newer, notFinite];
    for (const wrong of [...broken, new Uint8Array(0)]) {
      expect(() => restoreTransducerState(wrong, model)).toThrow(
        expect.objectContaining({ code: "invalid-request" }) as Error,
      );
    }
  });

  it("is not written for a model of another shape", () => {
    expect(() => serializeTransducerState(state, { ...shape, predictorLayers: 1 })).toThrow(
      TypeError,
    );
  });
});
