import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { EchoCalls } from "./fixtures/echo-calls";
import type { Launch, WorkerListener } from "./launch/launch";
import { launchProcess } from "./launch/launch-process";
import { launchThread } from "./launch/launch-thread";
import { threadEntry } from "./launch/thread-entry";
import type { OwnerMessage } from "./messages";
import { restartAtOnce } from "./restart-policy";
import { ThreadClient, type ThreadClientOptions } from "./thread-client";

type Client = ThreadClient<EchoCalls, string>;
const opened: Client[] = [];

const echoThread = (start = "well") =>
  launchThread({
    entry: threadEntry(import.meta.url, "./fixtures/echo.thread.ts"),
    settings: { start },
  });

const echoProcess = () =>
  launchProcess({
    file: new URL("./fixtures/echo.process.ts", import.meta.url),
    // Vitest loads TypeScript by itself; its child needs a loader.
    flags: ["--import", import.meta.resolve("tsx")],
  });

async function open(
  options: Partial<ThreadClientOptions<string>> = {},
  signal?: AbortSignal,
): Promise<Client> {
  const client = await ThreadClient.open<EchoCalls, string>(
    {
      name: "echo",
      launch: echoThread(),
      restart: restartAtOnce,
      silenceLimitMs: 10_000,
      graceMs: 200,
      ...options,
    },
    signal,
  );
  opened.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((client) => client.close()));
});

describe.each([
  ["thread", echoThread],
  ["process", echoProcess],
])("a client of a %s", (_kind, launch) => {
  it("gets answers, in the order its calls were made", async () => {
    const client = await open({ launch: launch() });
    const order: string[] = [];
    const say = async (text: string) => order.push(await client.call("echo", text));
    await Promise.all([say("one"), say("two"), say("three")]);
    expect(order).toEqual(["one", "two", "three"]);
  });

  it("gets sound and events", async () => {
    const heard: string[] = [];
    const client = await open({ launch: launch(), onEvent: (text) => heard.push(text) });
    await expect(client.call("double", Int16Array.of(1, -2, 3))).resolves.toEqual(
      Int16Array.of(2, -4, 6),
    );
    await client.call("announce", "here");
    expect(heard).toEqual(["here"]);
  });

  it("gets coded errors, and the text of others as the cause", async () => {
    const client = await open({ launch: launch() });
    await expect(client.call("refuse", "too loud")).rejects.toMatchObject({
      code: "invalid-request",
      message: "too loud",
    });
    await expect(client.call("trip", "on a wire")).rejects.toMatchObject({
      code: "internal",
      message: "The echo failed.",
      cause: { message: "on a wire" },
    });
    await expect(client.call("echo", "still there")).resolves.toBe("still there");
  });

  it("loses its pending calls when the worker dies, and goes on with a new one", async () => {
    const lost = vi.fn();
    const client = await open({ launch: launch(), onLost: lost });
    const hanging = client.call("hang", null);
    const dying = client.call("die", null);
    const stopped = { code: "agent-unavailable", isRetryable: true };
    await Promise.all([
      expect(hanging).rejects.toMatchObject(stopped),
      expect(dying).rejects.toMatchObject(stopped),
    ]);
    await expect(client.call("echo", "reborn")).resolves.toBe("reborn");
    expect(client.life).toBe(2);
    expect(lost).toHaveBeenCalledOnce();
  });

  it("loses its pending calls when an error is the worker's end", async () => {
    const heard: string[] = [];
    const client = await open({ launch: launch(), onEvent: (text) => heard.push(text) });
    const hanging = client.call("hang", null);
    const losing = client.call("lose", null);
    const stopped = { code: "agent-unavailable", message: "The echo stopped." };
    await Promise.all([
      expect(hanging).rejects.toMatchObject(stopped),
      expect(losing).rejects.toMatchObject(stopped),
    ]);
    await expect(client.call("echo", "reborn")).resolves.toBe("reborn");
    expect(client.life).toBe(2);
    expect(heard).toEqual(["lost"]);
  });

  it("rejects with invalid-state when it is closed, twice without harm", async () => {
    const client = await open({ launch: launch() });
    const hanging = expect(client.call("hang", null)).rejects.toMatchObject({
      code: "invalid-state",
    });
    // The call is made in the next microtask.
    await Promise.resolve();
    await client.close();
    await client.close();
    await hanging;
    await expect(client.call("echo", "anyone")).rejects.toMatchObject({ code: "invalid-state" });
    expect(client.isReady).toBe(false);
  });
});

describe("ThreadClient", () => {
  it("moves buffers to a thread instead of copying them", async () => {
    const client = await open();
    const samples = Int16Array.of(1, -2, 3);
    await client.call("double", samples, { transfer: [samples.buffer] });
    expect(samples.length).toBe(0);
  });

  it("reports the error that killed the thread as the cause", async () => {
    const client = await open({ unavailableCode: "media-unavailable" });
    await expect(client.call("die", null)).rejects.toMatchObject({
      code: "media-unavailable",
      cause: { message: "died on demand" },
    });
  });

  it("lets a caller go when its signal aborts, and leaves the others alone", async () => {
    const client = await open();
    const controller = new AbortController();
    const hanging = client.call("hang", null, { signal: controller.signal });
    const echoed = client.call("echo", "mine");
    controller.abort();
    await expect(hanging).rejects.toBe(controller.signal.reason);
    await expect(echoed).resolves.toBe("mine");
    const late = client.call("echo", "late", { signal: controller.signal });
    await expect(late).rejects.toBe(controller.signal.reason);
  });

  it("rejects with the worker's reason when it does not start", async () => {
    await expect(open({ launch: echoThread("refuse") })).rejects.toMatchObject({
      code: "model-mismatch",
      message: "mels: 80 and 128",
    });
    await expect(open({ launch: echoThread("trip") })).rejects.toMatchObject({
      code: "internal",
      cause: { message: "tripped at the start" },
    });
  });

  it("stops starting when aborted", async () => {
    const controller = new AbortController();
    const starting = open({}, controller.signal);
    controller.abort();
    await expect(starting).rejects.toBe(controller.signal.reason);
  });
});

/** Lives that the test plays by hand, so that waits can be wound by a fake clock. */
class ScriptedLives {
  readonly listeners: WorkerListener[] = [];
  readonly received: OwnerMessage[] = [];

  readonly launch: Launch = (listener) => {
    this.listeners.push(listener);
    return {
      post: (message) => {
        this.received.push(message);
        if (message.type === "stop") this.latest.onExit("it was asked to stop");
      },
      terminate: () => {
        this.latest.onExit("it was terminated");
      },
    };
  };

  get latest(): WorkerListener {
    const listener = this.listeners.at(-1);
    if (listener === undefined) throw new Error("nothing was launched");
    return listener;
  }
}

async function openScripted(options: Partial<ThreadClientOptions<string>> = {}) {
  const lives = new ScriptedLives();
  const clock = new FakeClock();
  const opening = open({ launch: lives.launch, clock, ...options });
  lives.latest.onMessage({ type: "ready" });
  return { lives, clock, client: await opening };
}

describe("limits and restarts", () => {
  it("takes a worker that falls silent for dead", async () => {
    const { clock, client, lives } = await openScripted({ silenceLimitMs: 100 });
    const hanging = expect(client.call("hang", null)).rejects.toMatchObject({
      code: "agent-unavailable",
      cause: { message: "it gave no answer for 100 ms" },
    });
    await Promise.resolve();
    await Promise.resolve();
    await clock.advance(100);
    await hanging;
    expect(lives.listeners).toHaveLength(2);
  });

  it("gives up one call without the worker", async () => {
    const { clock, client, lives } = await openScripted({ silenceLimitMs: null, callLimitMs: 50 });
    const hanging = expect(client.call("hang", null)).rejects.toMatchObject({
      code: "timeout",
      isRetryable: true,
    });
    await Promise.resolve();
    await Promise.resolve();
    await clock.advance(50);
    await hanging;
    expect(lives.listeners).toHaveLength(1);
    expect(client.isReady).toBe(true);
  });

  it("waits as the policy says, rejecting calls until the next life begins", async () => {
    const asked: number[] = [];
    const delayMs = (failedStarts: number) => {
      asked.push(failedStarts);
      return 250;
    };
    const { clock, client, lives } = await openScripted({ restart: { delayMs } });
    lives.latest.onExit("it was killed");
    await expect(client.call("echo", "early")).rejects.toMatchObject({
      code: "agent-unavailable",
      cause: { message: "it was killed" },
    });
    await clock.advance(250);
    expect(lives.listeners).toHaveLength(2);
    lives.latest.onMessage({
      type: "failed",
      error: { code: "internal", message: "no device", isRetryable: true },
      detail: "no device",
    });
    await clock.advance(250);
    expect(asked).toEqual([0, 1]);
    expect(lives.listeners).toHaveLength(3);
  });

  it("stays dead without a policy", async () => {
    const { clock, client, lives } = await openScripted({ restart: null });
    lives.latest.onExit("it was killed");
    await clock.advance(60_000);
    await expect(client.call("echo", "anyone")).rejects.toMatchObject({
      code: "agent-unavailable",
    });
    expect(lives.listeners).toHaveLength(1);
  });
});
