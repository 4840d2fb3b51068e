import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { BoostingTree } from "./boosting-tree";

const shared = new URL("../../../../../../shared/fixtures/asr/models/", import.meta.url);

const boostSchema = z.object({
  phrase_ids: z.array(z.array(z.int())),
  tree_probes: z.array(
    z.object({
      prefix: z.array(z.int()),
      sum: z.number(),
      bonus_default: z.number(),
      bonus: z.record(z.string(), z.number()),
    }),
  ),
});

/** Bonuses of all of `tokens` after `prefix`, and the sum of bonuses along it. */
function probe(tree: BoostingTree, prefix: readonly number[], tokens: number) {
  const bonuses = (at: number) => {
    const scores = new Float32Array(tokens);
    tree.addBonuses(at, scores);
    return scores;
  };
  let node = 0;
  let sum = 0;
  for (const token of prefix) {
    sum += bonuses(node)[token] ?? 0;
    node = tree.advance(node, token);
  }
  return { sum, bonuses: [...bonuses(node)] };
}

function expectClose(found: readonly number[], expected: readonly number[]) {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 4);
}

describe("BoostingTree", () => {
  const second = 2 + Math.log(2);
  const third = 2 + Math.log(3);

  it("adds a bonus for each token of a phrase and takes it back from tokens that leave it", () => {
    const tree = new BoostingTree([[1, 2, 3]], 1);
    expectClose(probe(tree, [], 5).bonuses, [0, 1, 0, 0, 0]);
    expectClose(probe(tree, [1], 5).bonuses, [-1, 0, second, -1, -1]);
    const lost = -1 - second;
    expectClose(probe(tree, [1, 2], 5).bonuses, [lost, lost + 1, lost, third, lost]);
    expectClose(probe(tree, [1, 2, 3], 5).bonuses, [0, 1, 0, 0, 0]);
  });

  it("continues with the phrase that the last tokens begin", () => {
    const tree = new BoostingTree(
      [
        [1, 2, 3],
        [2, 4],
      ],
      1,
    );
    // After 1 2 the 4 takes back the bonuses of 1 2 and adds those of 2 4.
    expectClose([probe(tree, [1, 2, 4], 5).sum], [1 + second]);
    expect(tree.advance(tree.advance(tree.advance(0, 1), 2), 4)).toBe(
      tree.advance(tree.advance(0, 2), 4),
    );
  });

  it("lets a finished phrase keep its bonus when a longer one fails at once", () => {
    const tree = new BoostingTree([[1], [1, 2, 3]], 1);
    expectClose(probe(tree, [1], 4).bonuses, [0, 1, second, 0]);
  });

  it("scales with its weight and adds to the scores", () => {
    const scores = Float32Array.of(5, 5);
    new BoostingTree([[1]], 3).addBonuses(0, scores);
    expect([...scores]).toEqual([5, 8]);
  });

  it
    .skipIf(!existsSync(shared))
    .each([
      "nemotron-like",
      "parakeet-rnnt-like-tt",
      "parakeet-rnnt-like-ff",
      "parakeet-tdt-like",
      "eou-like",
      "hybrid-ctc",
    ])("equals NeMo's tree: %s", (model) => {
    const path = new URL(`${model}/boost.json`, shared);
    const boost = boostSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    const tree = new BoostingTree(boost.phrase_ids, 1);
    for (const { prefix, sum, bonus_default, bonus } of boost.tree_probes) {
      const tokens = 200;
      const found = probe(tree, prefix, tokens);
      const expected = Array.from({ length: tokens }, (_, id) => bonus[id] ?? bonus_default);
      expect(found.sum).toBeCloseTo(sum, 4);
      expectClose(found.bonuses, expected);
    }
  });
});
