import { describe, expect, it } from "vitest";
import { RunQueue, type Priority } from "./run-queue";

const { signal } = new AbortController();

describe("RunQueue", () => {
  it("runs one at a time, finals before partial words, and speakers before files", async () => {
    const queue = new RunQueue();
    const order: string[] = [];
    let running = 0;
    const run = (priority: Priority, name: string) =>
      queue.run(
        () => priority,
        async () => {
          expect(++running).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
          order.push(name);
        },
        signal,
      );
    await Promise.all([
      run("file", "file"),
      run("partial", "partial 1"),
      run("final", "final"),
      run("partial", "partial 2"),
    ]);
    expect(order).toEqual(["final", "partial 1", "partial 2", "file"]);
  });

  it("lets what came during a run go first if it is more urgent", async () => {
    const queue = new RunQueue();
    const order: string[] = [];
    const say = (name: string) => () => {
      order.push(name);
      return Promise.resolve();
    };
    let final = Promise.resolve();
    const first = queue.run(
      () => "partial",
      () => {
        final = queue.run(() => "final", say("final"), signal);
        return Promise.resolve();
      },
      signal,
    );
    const second = queue.run(() => "partial", say("partial"), signal);
    await Promise.all([first, second]);
    await final;
    expect(order).toEqual(["final", "partial"]);
  });

  it("lets what has become urgent while it waited go first", async () => {
    const queue = new RunQueue();
    const order: string[] = [];
    const say = (name: string) => () => {
      order.push(name);
      return Promise.resolve();
    };
    let priority: Priority = "file";
    const first = queue.run(() => "partial", say("partial 1"), signal);
    const second = queue.run(() => "partial", say("partial 2"), signal);
    const later = queue.run(() => priority, say("urgent by now"), signal);
    await first;
    priority = "final";
    await Promise.all([second, later]);
    expect(order).toEqual(["partial 1", "urgent by now", "partial 2"]);
  });

  it("drops what is withdrawn, and goes on after a failure", async () => {
    const queue = new RunQueue();
    const withdrawn = new AbortController();
    const dropped = queue.run(
      () => "partial",
      () => Promise.resolve("never"),
      withdrawn.signal,
    );
    const failed = queue.run(
      () => "partial",
      () => Promise.reject(new Error("broken")),
      signal,
    );
    const last = queue.run(
      () => "partial",
      () => Promise.resolve("last"),
      signal,
    );
    withdrawn.abort(new Error("stale"));
    await expect(dropped).rejects.toThrow("stale");
    await expect(failed).rejects.toThrow("broken");
    expect(await last).toBe("last");
  });

  it("rejects what waits when it is closed, and waits for what runs", async () => {
    const queue = new RunQueue();
    let finish: (value: string) => void = () => undefined;
    const running = queue.run(
      () => "final",
      () => new Promise<string>((resolve) => (finish = resolve)),
      signal,
    );
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = queue.run(
      () => "final",
      () => Promise.resolve(),
      signal,
    );
    const refused = expect(waiting).rejects.toMatchObject({ code: "invalid-state" });
    const closed = queue.close();
    await refused;
    finish("done");
    expect(await running).toBe("done");
    await closed;
    await expect(
      queue.run(
        () => "final",
        () => Promise.resolve(),
        signal,
      ),
    ).rejects.toMatchObject({
      code: "invalid-state",
    });
  });
});
