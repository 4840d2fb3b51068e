import { describe, expect, it } from "vitest";
import { decode, tokenLimit } from "./decode";

const vocabulary = 12;
const end = 2;

/** A decoder that always says the same text, and counts what it is given. */
function decoderOf(text: readonly number[]) {
  const given: number[][] = [];
  let cached = 0;
  const pass = (tokens: readonly number[]) => {
    given.push([...tokens]);
    const values = new Float32Array(tokens.length * vocabulary);
    tokens.forEach((_, row) => {
      values[row * vocabulary + (text[cached + row] ?? end)] = 20;
    });
    cached += tokens.length;
    return Promise.resolve({ values, vocabulary });
  };
  const keep = (tokens: number) => {
    cached = Math.min(cached, tokens);
  };
  return { passes: { pass, keep }, given };
}

const atOnce = <Result>(pass: () => Promise<Result>) => pass();

async function idsOf(text: readonly number[], draft: readonly number[], maxTokens = 20) {
  const { passes, given } = decoderOf(text);
  const { tokens, isTruncated, meanLogProbability } = await decode({
    passes,
    draft,
    maxTokens,
    booster: null,
    run: atOnce,
  });
  return { ids: tokens.map(({ id }) => id), isTruncated, meanLogProbability, given };
}

describe("decode", () => {
  it("decodes token by token without a draft", async () => {
    const { ids, isTruncated, given, meanLogProbability } = await idsOf([5, 6, 7], []);
    expect(ids).toEqual([5, 6, 7]);
    expect(isTruncated).toBe(false);
    expect(given).toEqual([[1], [5], [6], [7]]);
    expect(meanLogProbability).toBeCloseTo(0, 5);
  });

  it("verifies a right draft in one pass", async () => {
    const { ids, given } = await idsOf([5, 6, 7], [5, 6, 7]);
    expect(ids).toEqual([5, 6, 7]);
    expect(given).toEqual([[1, 5, 6, 7]]);
  });

  it("keeps a draft up to the first contradiction", async () => {
    const { ids, given } = await idsOf([5, 6, 7, 8], [5, 9, 7]);
    expect(ids).toEqual([5, 6, 7, 8]);
    expect(given).toEqual([[1, 5, 9, 7], [6], [7], [8]]);
  });

  it("ends where the decoder ends, whatever the draft says", async () => {
    expect((await idsOf([5], [5, 6, 7])).ids).toEqual([5]);
    expect((await idsOf([], [5, 6])).ids).toEqual([]);
  });

  it("stops at the limit, with and without a draft", async () => {
    for (const draft of [[], [5, 5, 5, 5, 5, 5]]) {
      const loop = Array.from({ length: 100 }, () => 5);
      const { ids, isTruncated } = await idsOf(loop, draft, 4);
      expect({ ids, isTruncated }).toEqual({ ids: [5, 5, 5, 5], isTruncated: true });
    }
  });

  it("allows seven and a half tokens a second, and six more", () => {
    expect(tokenLimit(160_000)).toBe(81);
    expect(tokenLimit(16_000)).toBe(14);
  });
});
