/** Intervals of the progress line: redrawn on a terminal, printed again to a log. */
const REDRAW_MS = 120;
const LOG_EVERY_MS = 10_000;
const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Formats a duration for people.
 *
 * @param {number} milliseconds
 * @returns {string}
 */
export function describeDuration(milliseconds) {
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * @typedef {object} StepOptions
 * @property {string} [hint] How long it may take or what it needs, such as "about 1 minute".
 * @property {Pick<NodeJS.WriteStream, "write" | "isTTY">} [output]
 */

/**
 * Runs one slow step and shows its progress: a spinner on a terminal, a line now and then in a log.
 *
 * The work receives a function that reports how far it has come, such as "12 of 19".
 *
 * @template Result
 * @param {string} title What the step does, such as "Installing packages".
 * @param {(progress: (text: string) => void) => Promise<Result>} work
 * @param {StepOptions} [options]
 * @returns {Promise<Result>}
 */
export async function runStep(title, work, options = {}) {
  const output = options.output ?? process.stdout;
  const began = performance.now();
  const elapsed = () => describeDuration(performance.now() - began);
  let progress = "";
  let frame = 0;

  output.write(`• ${title}${options.hint === undefined ? "" : ` (${options.hint})`}\n`);
  const status = () => `${elapsed()}${progress === "" ? "" : `, ${progress}`}`;
  const timer = output.isTTY
    ? setInterval(() => {
        frame = (frame + 1) % SPINNER.length;
        output.write(`\r\x1b[K  ${SPINNER[frame]} ${status()}`);
      }, REDRAW_MS)
    : setInterval(() => output.write(`  … ${status()}\n`), LOG_EVERY_MS);
  const finish = () => {
    clearInterval(timer);
    if (output.isTTY) output.write("\r\x1b[K");
  };

  try {
    const result = await work((text) => (progress = text));
    finish();
    output.write(`  ✓ done in ${elapsed()}\n`);
    return result;
  } catch (error) {
    finish();
    output.write(`  ✗ failed after ${elapsed()}\n`);
    throw error;
  }
}
