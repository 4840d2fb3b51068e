import { describe, expect, it } from "vitest";
import type { TransducerDecoder } from "../model/asr-model";
import { GreedyTransducerSearch } from "./greedy-search";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "./transducer-state";

const blank = 4;
const durations = [0, 1, 2, 3, 4];

/** Joint output at a frame: the best label and, for TDT, the best duration. */
type Answer = { label: number; jump?: number; logits?: Record<number, number> };
/** Input of the joint: the frame's value, the last token, and tokens seen by the LSTM before it. */
type Question = { frame: number; last: number; seen: number };

/**
 * A decoder whose frames are single numbers and whose LSTM counts. Each run overwrites the results
 * of the one before, as a real decoder may.
 */
function scripted(
  answer: (question: Question) => Answer,
  options: { isTdt?: boolean; maxBatch?: number } = {},
) {
  const outputs = blank + 1 + (options.isTdt === true ? durations.length : 0);
  const runs: { batch: number; frames: number; last: number[] }[] = [];
  let given: Float32Array[] = [];
  const decoder: TransducerDecoder = {
    shape: { encoderWidth: 1, predictorLayers: 2, predictorWidth: 1, outputs },
    maxBatch: options.maxBatch ?? 8,
    run({ batch, frames, encoded, lastTokens, hidden, cell }) {
      for (const array of given) array.fill(NaN);
      runs.push({ batch, frames, last: [...lastTokens] });
      const logits = new Float32Array(batch * frames * outputs);
      for (let at = 0; at < batch * frames; at++) {
        const row = Math.floor(at / frames);
        expect(hidden[batch + row]).toBe((hidden[row] ?? 0) * 10);
        expect(cell[row]).toBe((hidden[row] ?? 0) * 2);
        const question = { frame: encoded[at]!, last: lastTokens[row]!, seen: hidden[row]! };
        const { label, jump = 1, logits: scores = {} } = answer(question);
        logits[at * outputs + label] = 5;
        if (options.isTdt === true) logits[at * outputs + blank + 1 + durations.indexOf(jump)] = 9;
        for (const [index, score] of Object.entries(scores)) {
          logits[at * outputs + Number(index)] = score;
        }
      }
      // The first layer counts by ones, the second by tens; the cell is twice that.
      const step = (value: number, index: number) => value + (index < batch ? 1 : 10);
      const after = hidden.map(step);
      const next = { logits, hidden: after, cell: after.map((value) => 2 * value) };
      given = Object.values(next);
      return Promise.resolve(next);
    },
  };
  const search = new GreedyTransducerSearch({
    decoder,
    blank,
    durations: options.isTdt === true ? durations : null,
  });
  return { search, runs };
}

function block(count: number, first = 0) {
  return { data: Float32Array.from({ length: count }, (_, at) => first + at), frames: count };
}

function tenTimes(frame: number): number[] {
  return Array.from({ length: 10 }, () => frame);
}

async function decodeOne(
  search: GreedyTransducerSearch,
  encoded: ReturnType<typeof block>,
  { state = search.start(), booster = null as TokenBooster | null } = {},
) {
  const [result] = await search.decode([{ state, encoded, booster }]);
  return result!;
}

const frameOf = ({ id, frame, duration }: { id: number; frame: number; duration: number }) => [
  id,
  frame,
  duration,
];

describe("GreedyTransducerSearch with RNN-T", () => {
  it("scores a chunk of silence in one run and returns the same state", async () => {
    const { search, runs } = scripted(() => ({ label: blank }));
    const state = search.start();
    const result = await decodeOne(search, block(14), { state });
    expect(result).toEqual({ tokens: [], state });
    expect(result.state).toBe(state);
    expect(runs).toEqual([{ batch: 1, frames: 14, last: [blank] }]);
  });

  it("stays on a frame until the blank wins, and moves the predictor on by tokens only", async () => {
    const { search, runs } = scripted(({ frame, last }) => {
      if (frame === 1) return { label: last === blank ? 0 : last === 0 ? 1 : blank };
      return { label: frame === 3 && last === 1 ? 2 : blank };
    });
    const { tokens, state } = await decodeOne(search, block(5));
    expect(tokens.map(frameOf)).toEqual([
      [0, 1, 1],
      [1, 1, 1],
      [2, 3, 1],
    ]);
    expect(runs.map(({ last, frames }) => [...last, frames])).toEqual([
      [blank, 5],
      [0, 4],
      [1, 4],
      [2, 2],
    ]);
    expect(state).toEqual({
      lastToken: 2,
      hidden: Float32Array.of(3, 30),
      cell: Float32Array.of(6, 60),
      skip: 0,
      boostingNode: 0,
    });
  });

  it("leaves a frame after ten symbols", async () => {
    const { search, runs } = scripted(() => ({ label: 1 }));
    const { tokens } = await decodeOne(search, block(3));
    expect(tokens.map(({ frame }) => frame)).toEqual([0, 1, 2].flatMap(tenTimes));
    expect(runs).toHaveLength(30);
  });

  it("scores long blocks in windows of sixteen frames", async () => {
    const { search, runs } = scripted(({ frame, last }) => ({
      label: frame === 30 && last === blank ? 3 : blank,
    }));
    const { tokens } = await decodeOne(search, block(50));
    expect(tokens.map(frameOf)).toEqual([[3, 30, 1]]);
    expect(runs.map(({ frames }) => frames)).toEqual([16, 16, 16, 4]);
  });

  it("does not change the states it is given", async () => {
    const { search } = scripted(({ frame, seen }) => ({ label: seen <= frame ? 1 : blank }));
    const { state } = await decodeOne(search, block(1));
    const before = structuredClone(state);
    const items = [0, 1].map(() => ({ state, encoded: block(2), booster: null }));
    const [one, other] = await search.decode(items);
    expect(one!.state.hidden).toEqual(Float32Array.of(2, 20));
    expect(one).toEqual(other);
    expect(state).toEqual(before);
  });
});

describe("GreedyTransducerSearch with TDT", () => {
  it("jumps by durations, at least one frame after a blank", async () => {
    const { search, runs } = scripted(
      ({ frame, last }) => {
        if (frame === 1) return { label: 0, jump: 3 };
        if (frame === 4) return last === 0 ? { label: 1, jump: 0 } : { label: blank, jump: 0 };
        return { label: blank, jump: frame === 5 ? 4 : 0 };
      },
      { isTdt: true },
    );
    const { tokens, state } = await decodeOne(search, block(9));
    expect(tokens.map(frameOf)).toEqual([
      [0, 1, 3],
      [1, 4, 0],
    ]);
    expect(state.skip).toBe(0);
    expect(runs.map(({ frames }) => frames)).toEqual([9, 5, 5]);
  });

  it("carries the rest of a duration into the next blocks", async () => {
    const { search, runs } = scripted(
      ({ frame }) => ({ label: frame === 1 ? 2 : blank, jump: 4 }),
      {
        isTdt: true,
      },
    );
    const first = await decodeOne(search, block(2));
    expect(first.tokens.map(frameOf)).toEqual([]);
    expect(first.state.skip).toBe(2);
    const second = await decodeOne(search, block(1), { state: first.state });
    expect(second).toEqual({ tokens: [], state: { ...first.state, skip: 1 } });
    const third = await decodeOne(search, block(2, 0), { state: second.state });
    expect(third.tokens.map(frameOf)).toEqual([[2, 1, 4]]);
    expect(third.state.skip).toBe(3);
    expect(runs).toHaveLength(2);
  });

  it("adds one frame after ten symbols only where the last of them would stay", async () => {
    const staying = scripted(() => ({ label: 1, jump: 0 }), { isTdt: true });
    const { tokens } = await decodeOne(staying.search, block(2));
    expect(tokens.map(({ frame }) => frame)).toEqual([...tenTimes(0), ...tenTimes(1)]);

    const leaving = scripted(({ seen }) => ({ label: 1, jump: seen === 9 ? 2 : 0 }), {
      isTdt: true,
    });
    const { tokens: left } = await decodeOne(leaving.search, block(3));
    expect(left.map(({ frame }) => frame)).toEqual([...tenTimes(0), ...tenTimes(2)]);
  });
});

describe("GreedyTransducerSearch with boosting", () => {
  /** Prefers token 2 at its root and token 3 after it. */
  const booster: TokenBooster = {
    addBonuses(node, scores) {
      expect(scores).toHaveLength(blank);
      const preferred = node === 0 ? 2 : 3;
      scores[preferred] = (scores[preferred] ?? 0) + 20;
    },
    advance: (_node, token) => (token === 2 ? 1 : 0),
  };

  it("boosts tokens against each other and never against the blank", async () => {
    const { search } = scripted(
      ({ frame, last }) => ({ label: frame === 1 && last === blank ? 0 : blank, jump: 2 }),
      { isTdt: true },
    );
    const { tokens, state } = await decodeOne(search, block(3), { booster });
    expect(tokens.map(frameOf)).toEqual([]);
    const second = await decodeOne(search, block(3, 1), { booster, state: { ...state, skip: 0 } });
    expect(second.tokens.map(frameOf)).toEqual([[2, 0, 2]]);
    expect(second.state).toMatchObject({ lastToken: 2, boostingNode: 1 });
    // Probabilities leave bonuses out: token 0 had the logit 5 and token 2 none.
    expect(second.tokens[0]!.probability).toBeCloseTo(1 / (Math.exp(5) + 4), 6);
  });

  it("advances the boosting node by emitted tokens, from the state's node", async () => {
    const { search } = scripted(({ frame, seen }) => ({ label: seen <= frame ? 0 : blank }));
    const { tokens, state } = await decodeOne(search, block(1), { booster });
    expect(tokens.map(({ id }) => id)).toEqual([2]);
    const next = await decodeOne(search, block(2, 1), { booster, state });
    expect(next.tokens.map(({ id }) => id)).toEqual([3, 2]);
    expect(next.state.boostingNode).toBe(1);
    const without = await decodeOne(search, block(1, 3), { state: next.state });
    expect(without.state).toMatchObject({ lastToken: 0, boostingNode: 0 });
  });
});

describe("GreedyTransducerSearch with many streams", () => {
  it("shares runs among streams of any length and refills the places of finished ones", async () => {
    const { search, runs } = scripted(({ frame, seen }) => ({ label: seen < frame ? 1 : blank }), {
      maxBatch: 2,
    });
    const counts = [1, 3, 0, 2, 4];
    const items = counts.map((count) => ({
      state: search.start(),
      encoded: block(count),
      booster: null,
    }));
    const results = await search.decode(items);
    expect(results.map(({ tokens }) => tokens.map(({ frame }) => frame))).toEqual(
      counts.map((count) => Array.from({ length: Math.max(0, count - 1) }, (_, at) => at + 1)),
    );
    expect(runs.map(({ batch, frames }) => [batch, frames])).toEqual([
      [2, 3],
      [2, 2],
      [2, 1],
      [1, 4],
      [1, 3],
      [1, 2],
      [1, 1],
    ]);
  });

  it("pads short blocks with zeros, whatever the buffer held before", async () => {
    const asked: number[] = [];
    const { search } = scripted(({ frame }) => {
      asked.push(frame);
      return { label: blank };
    });
    const item = (count: number) => ({
      state: search.start(),
      encoded: block(count, 1),
      booster: null,
    });
    await search.decode([item(4), item(4)]);
    await search.decode([item(4), item(1)]);
    expect(asked).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 0, 0, 0]);
  });

  it("does nothing without streams", async () => {
    const { search, runs } = scripted(() => ({ label: blank }));
    expect(await search.decode([])).toEqual([]);
    expect(runs).toEqual([]);
  });

  it("queues concurrent calls", async () => {
    const { search } = scripted(({ frame, last }) => ({
      label: last === frame % 4 ? blank : frame % 4,
    }));
    const alone: unknown[] = [];
    for (const first of [0, 1, 2]) alone.push(await decodeOne(search, block(6, first)));
    const together = await Promise.all(
      [0, 1, 2].map((first) => decodeOne(search, block(6, first))),
    );
    expect(together).toEqual(alone);
  });

  it("rejects scores that are not finite, and can continue with the other streams", async () => {
    for (const score of [NaN, Infinity]) {
      const { search } = scripted(({ frame }) =>
        frame === 102 ? { label: blank, logits: { 1: score } } : { label: blank },
      );
      const item = (first: number) => ({
        state: search.start(),
        encoded: block(4, first),
        booster: null,
      });
      await expect(search.decode([item(0), item(100)])).rejects.toMatchObject({
        code: "internal",
        message: "the joint's scores are not finite at frame 2",
      });
      expect(await search.decode([item(0)])).toHaveLength(1);
    }
  });

  it("accepts −∞ for an output that is ruled out", async () => {
    const { search } = scripted(() => ({ label: blank, logits: { 0: -Infinity } }));
    expect(await decodeOne(search, block(1))).toMatchObject({ tokens: [] });
  });
});

describe("GreedyTransducerSearch with sizes that do not fit", () => {
  it("rejects a decoder with a wrong number of outputs", () => {
    const decoder: TransducerDecoder = {
      shape: { encoderWidth: 1, predictorLayers: 1, predictorWidth: 1, outputs: 7 },
      maxBatch: 1,
      run: () => Promise.reject(new Error("not to be run")),
    };
    expect(() => new GreedyTransducerSearch({ decoder, blank, durations: null })).toThrow(
      "a joint with 7 outputs for 4 tokens, the blank and 0 durations",
    );
  });

  it("rejects blocks and states of wrong sizes", async () => {
    const { search } = scripted(() => ({ label: blank }));
    const state: TransducerState = { ...search.start(), hidden: new Float32Array(3) };
    await expect(decodeOne(search, block(1), { state })).rejects.toThrow(
      "3 values of hidden, not 2",
    );
    await expect(decodeOne(search, { ...block(2), frames: 3 })).rejects.toThrow(
      "2 values of encoded, not 3",
    );
  });
});
