import { describe, expect, it } from "vitest";
import { OpenStreams } from "./open-streams";

/** A stream with a run under way, which `finish` ends. */
class RunningStream {
  readonly behindMs = 0;
  readonly #open: OpenStreams<RunningStream>;
  readonly #log: string[];
  finish: () => void = () => undefined;
  readonly #idle = new Promise<void>((resolve) => (this.finish = resolve));

  constructor(open: OpenStreams<RunningStream>, log: string[] = []) {
    this.#open = open;
    this.#log = log;
  }

  idle(): Promise<void> {
    return this.#idle;
  }

  close(): void {
    this.#log.push("closed");
    this.#open.remove(this);
  }
}

describe("OpenStreams", () => {
  it("counts live streams, and no files", () => {
    const open = new OpenStreams<RunningStream>(1);
    open.add(new RunningStream(open), { isOffline: true });
    open.requireRoom({ isOffline: false });
    const live = new RunningStream(open);
    open.add(live, { isOffline: false });
    expect(() => {
      open.requireRoom({ isOffline: false });
    }).toThrow(expect.objectContaining({ code: "at-capacity" }));
    open.requireRoom({ isOffline: true });
    open.remove(live);
    open.requireRoom({ isOffline: false });
  });

  it("releases the model once every run is over, and once", async () => {
    const log: string[] = [];
    const open = new OpenStreams<RunningStream>();
    const running = new RunningStream(open, log);
    open.add(running, { isOffline: false });
    const release = () => {
      log.push("released");
      return Promise.resolve();
    };
    const closing = open.close(release);
    expect(open.close(release)).toBe(closing);
    expect(log).toEqual(["closed"]);
    expect(() => {
      open.requireRoom({ isOffline: true });
    }).toThrow(expect.objectContaining({ code: "invalid-state" }));
    running.finish();
    await closing;
    expect(log).toEqual(["closed", "released"]);
  });
});
