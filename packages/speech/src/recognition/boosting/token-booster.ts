/**
 * Boosts some token sequences over others during a greedy search. Stateless: the caller keeps the
 * node. Nothing is subtracted from a token that it does not know.
 */
export type TokenBooster = {
  /**
   * Adds each token's bonus after `node`.
   *
   * @param scores [tokens], without blank and durations; changed in place
   */
  addBonuses(node: number, scores: Float32Array): void;
  /** @returns the node after `token` was emitted; 0 is the root */
  advance(node: number, token: number): number;
};
