/** Reply at the time of an event, while people can hear it. */
export type AudibleReply = {
  /** Text of the last moments: it may come back through a microphone. */
  readonly recentText: string;
  /** True near the end of a question of the agent's: speech now is its answer. */
  readonly isEndOfQuestion: boolean;
  /** How much of it was played, ms. */
  readonly playedMs: number;
  /** Names of the agent and of people present. */
  readonly names: readonly string[];
};
