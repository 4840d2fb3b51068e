import { Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { OnnxOutputs } from "../../runtime/onnx-session";
import { TransducerDecoder, type DecoderState } from "./transducer-decoder";

const blank = 3;
const shape = {
  mels: 80,
  layers: 1,
  leftContext: 70,
  width: 2,
  convolutionContext: 8,
  predictorLayers: 1,
  predictorWidth: 1,
};

type Run = { last: number; hidden: number };

/**
 * A joint that chooses by frame and last token; its LSTM counts the tokens it was moved on by.
 */
function scriptedDecoder(choose: (frame: number, run: Run) => number) {
  const runs: Run[] = [];
  const runner = {
    run: (feeds: Readonly<Record<string, Tensor>>) => {
      const frames = feeds.encoder_outputs!.dims[2]!;
      const hidden = feeds.input_states_1!.data[0] as number;
      const run: Run = { last: feeds.targets!.data[0] as number, hidden };
      runs.push(run);
      const logits = new Float32Array(frames * (blank + 1));
      for (let frame = 0; frame < frames; frame++) {
        logits[frame * (blank + 1) + choose(frame, run)] = 1;
      }
      const moved = new Tensor("float32", Float32Array.of(hidden + 1), [1, 1, 1]);
      return Promise.resolve(
        new OnnxOutputs("scripted.onnx", {
          outputs: new Tensor("float32", logits, [1, frames, 1, blank + 1]),
          output_states_1: moved,
          output_states_2: moved,
        }),
      );
    },
  };
  return { decoder: new TransducerDecoder(runner, shape, blank), runs };
}

function encoded(count: number) {
  return { tensor: new Tensor("float32", new Float32Array(2 * count), [1, 2, count]), count };
}

describe("TransducerDecoder", () => {
  it("asks once about a chunk of silence and stays where it was", async () => {
    const { decoder, runs } = scriptedDecoder(() => blank);
    const start = decoder.start();
    const { tokens, state } = await decoder.decode(start, encoded(14));
    expect(tokens).toEqual([]);
    expect(state).toBe(start);
    expect(runs).toEqual([{ last: blank, hidden: 0 }]);
  });

  it("stays on a frame until the blank wins, and moves the predictor on by tokens only", async () => {
    const { decoder, runs } = scriptedDecoder((frame, { last }) => {
      if (frame === 1) return last === blank ? 0 : last === 0 ? 1 : blank;
      return frame === 3 && last === 1 ? 2 : blank;
    });
    const { tokens, state } = await decoder.decode(decoder.start(), encoded(5));
    expect(tokens).toEqual([
      { id: 0, frame: 1 },
      { id: 1, frame: 1 },
      { id: 2, frame: 3 },
    ]);
    expect(runs.map((run) => run.last)).toEqual([blank, 0, 1, 2]);
    expect(runs.map((run) => run.hidden)).toEqual([0, 1, 2, 3]);
    expect(state).toMatchObject({ lastToken: 2, hidden: Float32Array.of(3) });
  });

  it("leaves a frame that never stops after ten symbols", async () => {
    const { decoder } = scriptedDecoder((frame) => (frame === 0 ? 1 : blank));
    const { tokens } = await decoder.decode(decoder.start(), encoded(2));
    expect(tokens).toHaveLength(10);
    const { decoder: restless } = scriptedDecoder(() => 1);
    const all = await restless.decode(restless.start(), encoded(3));
    expect(all.tokens.map(({ frame }) => frame)).toEqual(
      [0, 1, 2].flatMap((frame) => Array.from({ length: 10 }, () => frame)),
    );
  });

  it("goes on from a state that was stored", async () => {
    const choose = (_frame: number, { last }: Run) => (last === blank ? 2 : blank);
    const { decoder } = scriptedDecoder(choose);
    const { state } = await decoder.decode(decoder.start(), encoded(1));
    const restored = structuredClone(state) satisfies DecoderState;
    const { tokens } = await decoder.decode(restored, encoded(1));
    expect(tokens).toEqual([]);
  });
});
