/**
 * A failure that the user can fix: it says what went wrong and what to do next.
 */
export class Problem extends Error {
  /**
   * @param {string} message What went wrong, in one sentence.
   * @param {string} advice What the reader can do about it.
   * @param {{ details?: string, cause?: unknown }} [more] `details` is output worth showing.
   */
  constructor(message, advice, more = {}) {
    super(message, { cause: more.cause });
    this.name = "Problem";
    this.advice = advice;
    this.details = more.details ?? "";
  }
}

/**
 * Turns any error into the text that the terminal shows.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeProblem(error) {
  if (!(error instanceof Problem)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `\n✗ Something unexpected went wrong:\n${text}\n\nThis looks like a mistake in Parley's scripts. Please report it with the lines above.\n`;
  }
  const details = error.details === "" ? "" : `\n${error.details.trimEnd()}\n`;
  return `${details}\n✗ ${error.message}\n  What to do: ${error.advice}\n`;
}

/**
 * Runs a script's main function; when it fails, explains why and sets a failing exit code.
 *
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(describeProblem(error));
    process.exit(1);
  }
}
