import { systemClock } from "@parley/shared/async/clock";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeRealtime } from "../../testing/fake-realtime";
import { WorkerChooser } from "../worker-chooser";
import { openSession } from "./open-session";

let workers: FakeRealtime[];
let controller: AbortController;

beforeEach(async () => {
  workers = await Promise.all([new FakeRealtime().start(), new FakeRealtime().start()]);
  controller = new AbortController();
});
afterEach(async () => {
  controller.abort();
  await Promise.all(workers.map((worker) => worker.stop()));
});

function open(session: { secret?: string; settings?: Record<string, unknown> } = {}) {
  const known = workers.map(({ url }) => ({ url, isReady: true, card: null }));
  return openSession(new WorkerChooser(known), {
    session: { model: "gpt-realtime", secret: null, settings: null, ...session },
    inferenceKey: "the-servers-own-key",
    clock: systemClock,
    signal: controller.signal,
  });
}

describe("a session", () => {
  it("begins with its settings, which its first event shows", async () => {
    const settings = { instructions: "Be brief.", audio: { output: { voice: "marin" } } };
    const link = await open({ settings });
    const messages: unknown[] = [];
    link.listen({ onMessage: ({ fields }) => messages.push(fields), onLost: () => undefined });
    const pcm = { type: "audio/pcm", rate: 24_000 };
    expect(messages).toMatchObject([
      {
        type: "session.created",
        session: {
          instructions: "Be brief.",
          audio: { input: { format: pcm }, output: { voice: "marin", format: pcm } },
        },
      },
    ]);
    expect(workers.flatMap(({ asked }) => asked)).toEqual([
      { path: "/v1/realtime?model=gpt-realtime", key: "the-servers-own-key" },
    ]);
    link.close();
    await vi.waitFor(() => {
      expect(workers.map(({ size }) => size)).toEqual([0, 0]);
    });
  });

  it("with an ephemeral key is the worker's that made it", async () => {
    workers[0]!.knownKey = "another";
    workers[1]!.knownKey = "ek_1";
    const link = await open({ secret: "ek_1" });
    expect(workers.map(({ size }) => size)).toEqual([0, 1]);
    link.close();
    await expect(open({ secret: "ek_2" })).rejects.toMatchObject({ code: "operator-only" });
  });

  it("goes to another worker where one is full, and says so when all are", async () => {
    const refusal = { type: "server_error", code: "at_capacity", message: "full" };
    workers[0]!.refusal = refusal;
    const link = await open();
    expect(workers.map(({ size }) => size)).toEqual([0, 1]);
    link.close();
    workers[1]!.refusal = refusal;
    const all = { code: "at-capacity", message: "full", isRetryable: true };
    await expect(open()).rejects.toMatchObject(all);
  });

  it("with settings that do not fit is refused, by one worker for all", async () => {
    const failure = { code: "invalid-request", message: "expected", isRetryable: false };
    await expect(open({ settings: { instructions: 7 } })).rejects.toMatchObject(failure);
    expect(workers.flatMap(({ asked }) => asked)).toHaveLength(1);
  });

  it("is given up when nobody waits any more, and where nobody answers", async () => {
    controller.abort();
    await expect(open()).rejects.toMatchObject({ name: "AbortError" });
    controller = new AbortController();
    await Promise.all(workers.map((worker) => worker.stop()));
    await expect(open()).rejects.toMatchObject({ code: "agent-unavailable", isRetryable: true });
  });

  it("that is lost is told of, once it is listened to", async () => {
    const link = await open();
    await Promise.all(workers.map((worker) => worker.stop()));
    const lost = await new Promise((resolve) => {
      link.listen({
        onMessage: () => undefined,
        onLost: () => {
          resolve(true);
        },
      });
    });
    expect(lost).toBe(true);
  });
});
