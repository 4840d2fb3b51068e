export type RestartPolicy = {
  /**
   * The wait before the next start, in ms; 0 starts at once.
   *
   * @param failedStarts the starts in a row that failed: 0 after the death of a worker that ran
   */
  delayMs(failedStarts: number): number;
};

/** Far above a healthy start. */
const failedStartDelayMs = 2_000;

/** For engines: a worker that ran is replaced at once, one that does not even start every 2 s. */
export const restartAtOnce: RestartPolicy = {
  delayMs: (failedStarts) => (failedStarts === 0 ? 0 : failedStartDelayMs),
};
