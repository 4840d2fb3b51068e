import { describe, expect, it } from "vitest";
import {
  hasRecords,
  readRecords,
  readTensors,
  recordedInference,
  recordedLongInference,
  recordedModels,
  rowOf,
  soundLongRecords,
  type GreedyRecord,
  type Recorded,
} from "../testing/magpie-records";
import { TextAlignment } from "./text-alignment";
import { textWindows } from "./text-windows";

type Steps = Pick<GreedyRecord, "name" | "steps" | "attended" | "window" | "near_end">;

/**
 * Feeds the recorded scores and expects NeMo's results, step by step.
 *
 * @param lag 1 in later chunks: their counter was recorded before it was raised
 */
function follow(
  alignment: TextAlignment,
  record: Steps,
  tensor: (name: string) => Recorded,
  lag: 0 | 1 = 0,
) {
  const scores = tensor(`${record.name}.alignment`);
  const priors = tensor(`${record.name}.prior_in`);
  for (let step = 0; step < record.steps; step++) {
    const expected = rowOf(priors, step);
    if (Number.isNaN(expected[0])) expect(alignment.prior).toBeNull();
    else {
      const worst = expected.reduce(
        (largest, value, token) =>
          Math.max(largest, Math.abs(value - (alignment.prior?.[token] ?? NaN))),
        0,
      );
      expect(worst).toBeLessThan(1e-7);
    }
    const isObserved = alignment.observe(rowOf(scores, step));
    expect(isObserved ? alignment.attended : null).toBe(record.attended[step]);
    if (isObserved) expect(alignment.window).toEqual(record.window[step]);
    const near = record.near_end[step] ?? null;
    expect(alignment.nearEnd).toBe(near === null ? null : near + lag);
  }
}

describe.skipIf(!hasRecords).each(recordedModels)("TextAlignment against NeMo on %s", (model) => {
  it("attends to the same positions as NeMo, with the same priors", async () => {
    const tensor = await readTensors(model, "greedy");
    for (const record of readRecords(model, "greedy")) {
      const [chunk] = textWindows([record.tokens], 20);
      if (chunk === undefined) throw new TypeError("no window");
      const inference = recordedInference(model, record);
      follow(new TextAlignment({ chunk, lastAttended: 1, inference }), record, tensor);
    }
  });

  it("follows a text of several chunks", async () => {
    const tensor = await readTensors(model, "long");
    const records = soundLongRecords(model);
    expect(records.map(({ name }) => name)).toContain("clamped");
    for (const record of records) {
      const inference = recordedLongInference(model, record);
      const windows = textWindows(
        record.chunks.map(({ tokens }) => tokens),
        inference.historyLength,
      );
      let lastAttended = 1;
      for (const [index, chunk] of windows.entries()) {
        const expected = record.chunks[index]!;
        expect(chunk.ids).toEqual(expected.window_tokens);
        expect(chunk.offset).toBe(expected.left_offset);
        expect(chunk.isLast).toBe(expected.end_of_text);
        expect(lastAttended).toBe(expected.last_attended_before);
        const alignment = new TextAlignment({ chunk, lastAttended, inference });
        follow(alignment, expected, tensor, index === 0 ? 0 : 1);
        lastAttended = alignment.attended;
        expect(alignment.isChunkOver).toBe(expected.end.by === "forced chunk end");
      }
    }
  });
});
