/**
 * Prefers some token sequences over others during a greedy search. Stateless: the caller keeps the
 * node. Nothing is subtracted from a token that it does not know.
 */
export type TokenBooster = {
  /**
   * Adds the bonus of every token that would follow `node`.
   *
   * @param scores [tokens] to be added to, without blank and durations
   */
  addBonuses(node: number, scores: Float32Array): void;
  /** @returns the node after `token` was emitted; 0 is the root */
  advance(node: number, token: number): number;
};
