import { afterEach, describe, expect, it } from "vitest";
import type { EchoCalls } from "./fixtures/echo-thread";
import { ThreadClient } from "./thread-client";
import { threadEntry } from "./thread-entry";

const opened: ThreadClient<EchoCalls>[] = [];

async function openEcho(options: {
  silenceLimitMs?: number;
  start?: string;
  signal?: AbortSignal;
}) {
  const thread = await ThreadClient.open<EchoCalls>(
    {
      name: "echo",
      entry: threadEntry(import.meta.url, "./fixtures/echo-thread.ts"),
      settings: { start: options.start ?? "well" },
      silenceLimitMs: options.silenceLimitMs ?? 10_000,
      graceMs: 200,
    },
    options.signal,
  );
  opened.push(thread);
  return thread;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((thread) => thread.close()));
});

describe("ThreadClient", () => {
  it("answers calls, in the order they were made", async () => {
    const thread = await openEcho({});
    const order: string[] = [];
    const say = async (text: string) => order.push(await thread.call("echo", text));
    await Promise.all([say("one"), say("two"), say("three")]);
    expect(order).toEqual(["one", "two", "three"]);
  });

  it("moves sound there and back", async () => {
    const thread = await openEcho({});
    const samples = Int16Array.of(1, -2, 3);
    const reply = await thread.call("double", samples, { transfer: [samples.buffer] });
    expect(reply).toEqual(Int16Array.of(2, -4, 6));
    expect(samples.length).toBe(0);
  });

  it("passes coded errors on and keeps the text of others for logs", async () => {
    const thread = await openEcho({});
    await expect(thread.call("refuse", "too loud")).rejects.toMatchObject({
      code: "invalid-request",
      message: "too loud",
    });
    await expect(thread.call("trip", "on a wire")).rejects.toMatchObject({
      code: "internal",
      message: "The echo failed.",
      cause: { message: "on a wire" },
    });
    await expect(thread.call("echo", "still there")).resolves.toBe("still there");
  });

  it("rejects what is pending when the thread dies, and goes on with a new one", async () => {
    const thread = await openEcho({});
    const hanging = thread.call("hang", null);
    const dying = thread.call("die", null);
    const stopped = { code: "agent-unavailable", isRetryable: true };
    await expect(hanging).rejects.toMatchObject(stopped);
    await expect(dying).rejects.toMatchObject({ ...stopped, cause: { message: "died on demand" } });
    await expect(thread.call("echo", "reborn")).resolves.toBe("reborn");
  });

  it("takes a thread that falls silent for dead", async () => {
    const thread = await openEcho({ silenceLimitMs: 100 });
    await expect(thread.call("hang", null)).rejects.toMatchObject({
      code: "agent-unavailable",
      cause: { message: "it gave no answer for 100 ms" },
    });
    await expect(thread.call("echo", "reborn")).resolves.toBe("reborn");
  });

  it("lets a caller go when its signal aborts, and leaves the others alone", async () => {
    const thread = await openEcho({});
    const controller = new AbortController();
    const hanging = thread.call("hang", null, { signal: controller.signal });
    const echoed = thread.call("echo", "mine");
    controller.abort();
    await expect(hanging).rejects.toBe(controller.signal.reason);
    await expect(echoed).resolves.toBe("mine");
    const late = thread.call("echo", "late", { signal: controller.signal });
    await expect(late).rejects.toBe(controller.signal.reason);
  });

  it("rejects with invalid-state when it is closed, twice without harm", async () => {
    const thread = await openEcho({});
    const hanging = expect(thread.call("hang", null)).rejects.toMatchObject({
      code: "invalid-state",
    });
    // The call is made in the next microtask.
    await Promise.resolve();
    await thread.close();
    await thread.close();
    await hanging;
    await expect(thread.call("echo", "anyone")).rejects.toMatchObject({ code: "invalid-state" });
  });

  it("tells why an engine does not start", async () => {
    await expect(openEcho({ start: "refuse" })).rejects.toMatchObject({
      code: "model-mismatch",
      message: "mels: 80 and 128",
    });
    await expect(openEcho({ start: "trip" })).rejects.toMatchObject({
      code: "internal",
      cause: { message: "tripped at the start" },
    });
  });

  it("stops starting when aborted", async () => {
    const controller = new AbortController();
    const starting = openEcho({ signal: controller.signal });
    controller.abort();
    await expect(starting).rejects.toBe(controller.signal.reason);
  });
});
