import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { createBackoff, RESTART_LIMITS } from "./backoff.mjs";
import { STOP_MS, supervise, UNUSABLE_SETTINGS } from "./supervisor.mjs";

/** A fake process that ends when the test says so. */
class FakeProcess extends EventEmitter {
  /** @type {string[]} */
  signals = [];
  /** @param {any} signal */
  kill(signal) {
    this.signals.push(signal);
    return true;
  }
}

/** A supervisor with a clock that the test moves. */
function arrange() {
  let now = 0;
  /** @type {{ at: number, work: () => void }[]} */
  let timers = [];
  /** @type {FakeProcess[]} */
  const started = [];
  /** @type {string[]} */
  const reports = [];
  const supervisor = supervise({
    start() {
      const child = new FakeProcess();
      started.push(child);
      return child;
    },
    report: (message) => reports.push(message),
    clock: {
      now: () => now,
      later(work, milliseconds) {
        const timer = { at: now + milliseconds, work };
        timers.push(timer);
        return timer;
      },
      cancel: (timer) => (timers = timers.filter((other) => other !== timer)),
    },
  });
  const pass = (/** @type {number} */ milliseconds) => {
    now += milliseconds;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    due.forEach(({ work }) => work());
  };
  return {
    supervisor,
    started,
    reports,
    pass,
    latest: () => /** @type {FakeProcess} */ (started.at(-1)),
  };
}

describe("waiting before a restart", () => {
  it("doubles up to the longest wait and is reset after a healthy run", () => {
    const backoff = createBackoff(RESTART_LIMITS);
    const waits = Array.from({ length: 7 }, () => backoff.nextWait(100));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(backoff.nextWait(30_000)).toBe(500);
  });
});

describe("a supervised process", () => {
  it("is started again after it crashed, and says so", () => {
    const { supervisor, started, reports, pass, latest } = arrange();
    latest().emit("exit", 1, null);
    expect(reports).toEqual(["stopped (exit code 1); starting it again in 0.5 s"]);
    pass(499);
    expect(started).toHaveLength(1);
    pass(1);
    expect(started).toHaveLength(2);
    latest().emit("exit", null, "SIGSEGV");
    expect(reports.at(-1)).toBe("stopped (SIGSEGV); starting it again in 1 s");
    expect(supervisor.crashes()).toBe(2);
  });

  it("is not started again when its settings cannot be used", async () => {
    const { supervisor, started, reports, pass, latest } = arrange();
    latest().emit("exit", UNUSABLE_SETTINGS, null);
    pass(60_000);
    expect(started).toHaveLength(1);
    expect(supervisor.hasGivenUp()).toBe(true);
    expect(reports).toEqual([expect.stringContaining("cannot run with what is set")]);
    await supervisor.stop();
  });

  it("gets another try when its sources change", () => {
    const { supervisor, started, latest } = arrange();
    latest().emit("exit", UNUSABLE_SETTINGS, null);
    supervisor.restart();
    expect(started).toHaveLength(2);
    expect(supervisor.hasGivenUp()).toBe(false);
  });

  it("counts a failed start once", () => {
    const { supervisor, reports, latest } = arrange();
    latest().emit("error", new Error("no such file"));
    latest().emit("exit", null, null);
    expect(reports).toHaveLength(1);
    expect(supervisor.crashes()).toBe(1);
  });

  it("is stopped with SIGTERM, then with SIGKILL", async () => {
    const { supervisor, started, pass, latest } = arrange();
    const stopped = supervisor.stop();
    expect(latest().signals).toEqual(["SIGTERM"]);
    pass(STOP_MS);
    expect(latest().signals).toEqual(["SIGTERM", "SIGKILL"]);
    latest().emit("exit", null, "SIGKILL");
    await stopped;
    pass(60_000);
    expect(started).toHaveLength(1);
  });

  it("does not come back when it is stopped while it waits for a restart", async () => {
    const { supervisor, started, pass, latest } = arrange();
    latest().emit("exit", 1, null);
    await supervisor.stop();
    pass(60_000);
    expect(started).toHaveLength(1);
  });

  it("is replaced at once when a restart is requested, which is no crash", () => {
    const { supervisor, started, reports, latest } = arrange();
    supervisor.restart();
    expect(started).toHaveLength(1);
    latest().emit("exit", 0, null);
    expect(started).toHaveLength(2);
    expect(reports).toEqual([]);
    expect(supervisor.crashes()).toBe(0);
  });

  it("starts at once when a restart is requested after a crash", () => {
    const { supervisor, started, pass, latest } = arrange();
    latest().emit("exit", 1, null);
    supervisor.restart();
    expect(started).toHaveLength(2);
    pass(60_000);
    expect(started).toHaveLength(2);
  });
});
