import { createBackoff, RESTART_LIMITS } from "./backoff.mjs";

/** Time between SIGTERM and SIGKILL. */
export const STOP_MS = 5000;

/** Exit code of a server that cannot start with what is set; packages/settings/src/exit-code.ts. */
export const UNUSABLE_SETTINGS = 78;

/**
 * @typedef {object} SupervisedProcess The part of a child process that is used here.
 * @property {(signal: NodeJS.Signals) => unknown} kill
 * @property {(event: string, listener: (...values: any[]) => void) => unknown} once
 *
 * @typedef {object} Clock
 * @property {() => number} now Milliseconds.
 * @property {(work: () => void, milliseconds: number) => unknown} later
 * @property {(timer: any) => void} cancel
 *
 * @typedef {object} SupervisorOptions
 * @property {() => SupervisedProcess} start Starts the process.
 * @property {(message: string) => void} report Receives a message about every crash.
 * @property {Clock} [clock]
 * @property {import("./backoff.mjs").BackoffLimits} [limits]
 *
 * @typedef {object} Supervisor
 * @property {() => void} restart Ends the process; a new one follows at once.
 * @property {() => Promise<void>} stop Ends the process for good.
 * @property {() => number} crashes Number of times that it ended by itself.
 * @property {() => boolean} hasGivenUp True when another start would not help.
 */

/** @type {Clock} */
const SYSTEM_CLOCK = {
  now: () => performance.now(),
  later: (work, milliseconds) => setTimeout(work, milliseconds),
  cancel: (timer) => clearTimeout(timer),
};

/**
 * Supervises one process: whenever it ends by itself, it is restarted after a growing wait.
 *
 * @param {SupervisorOptions} options
 * @returns {Supervisor}
 */
export function supervise({ start, report, clock = SYSTEM_CLOCK, limits = RESTART_LIMITS }) {
  const backoff = createBackoff(limits);
  /** @type {SupervisedProcess | null} */
  let current = null;
  let crashes = 0;
  let hasGivenUp = false;
  /** @type {"keep running" | "restart" | "stop"} */
  let wish = "keep running";
  /** @type {unknown} */
  let waiting;
  /** @type {(() => void)[]} */
  const stopped = [];

  const begin = () => {
    waiting = undefined;
    hasGivenUp = false;
    const beganAt = clock.now();
    const child = start();
    current = child;
    let ended = false;
    /**
     * @param {string} reason
     * @param {number | null} [code]
     */
    const onEnd = (reason, code) => {
      if (ended) return;
      ended = true;
      current = null;
      if (wish === "stop") return stopped.forEach((resolve) => resolve());
      if (wish === "restart") {
        wish = "keep running";
        return begin();
      }
      crashes += 1;
      if (code === UNUSABLE_SETTINGS) {
        hasGivenUp = true;
        report("stopped: it cannot run with what is set, so it is not started again");
        return;
      }
      const wait = backoff.nextWait(clock.now() - beganAt);
      report(`stopped (${reason}); starting it again in ${wait / 1000} s`);
      waiting = clock.later(begin, wait);
    };
    child.once("error", (error) => onEnd(error.message));
    child.once("exit", (code, signal) =>
      onEnd(signal === null ? `exit code ${code}` : signal, code),
    );
  };

  /** Stops the process with SIGTERM, then with SIGKILL. */
  const end = () => {
    const child = current;
    if (child === null) return;
    child.kill("SIGTERM");
    clock.later(() => {
      if (current === child) child.kill("SIGKILL");
    }, STOP_MS);
  };

  begin();
  return {
    restart() {
      if (wish === "stop") return;
      if (current === null) {
        clock.cancel(waiting);
        return begin();
      }
      wish = "restart";
      end();
    },
    stop() {
      wish = "stop";
      clock.cancel(waiting);
      if (current === null) return Promise.resolve();
      return new Promise((resolve) => {
        stopped.push(resolve);
        end();
      });
    },
    crashes: () => crashes,
    hasGivenUp: () => hasGivenUp,
  };
}
