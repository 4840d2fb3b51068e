import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../report/problem.mjs";

const POLL_MS = 100;
const ANSWER_MS = 2000;

/** Limit on restarts before readiness: beyond it, waiting longer will not help. */
const TOO_MANY_CRASHES = 4;

/**
 * Waits until the media server says that it and the inference server are ready.
 *
 * @param {string} address Such as `http://127.0.0.1:7860/ready`.
 * @param {object} options
 * @param {() => { name: string, crashes: number, hasGivenUp: boolean }[]} options.processes Those that must keep running.
 * @param {(text: string) => void} options.progress
 */
export async function waitUntilReady(address, { processes, progress }) {
  for (;;) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
      async (response) => ({ ok: response.ok, text: await response.text() }),
      () => ({ ok: false, text: "no answer yet" }),
    );
    if (answer.ok) return;
    progress(answer.text.replaceAll(/\s+/g, " ").slice(0, 100));
    const hopeless = processes().find(({ hasGivenUp }) => hasGivenUp);
    if (hopeless !== undefined) {
      throw new Problem(
        `${hopeless.name} cannot run with what is set.`,
        `correct what the lines that begin with [${hopeless.name}] name, and start again; npx parley doctor looks at all settings.`,
      );
    }
    const broken = processes().find(({ crashes }) => crashes >= TOO_MANY_CRASHES);
    if (broken !== undefined) {
      throw new Problem(
        `${broken.name} does not stay up: it stopped ${broken.crashes} times.`,
        `read the lines that begin with [${broken.name}] above, correct the cause, and start again.`,
      );
    }
    await sleep(POLL_MS);
  }
}
