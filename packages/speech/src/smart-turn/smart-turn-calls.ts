/** Calls of Smart Turn's thread. */
export type SmartTurnCalls = {
  /** @returns the probability that the speaker has finished */
  estimate: (request: { sound: Int16Array }) => Promise<{ probability: number }>;
};
