import { NatsLink } from "@parley/fleet/nats-link";
import { NatsServer, whyNoNats } from "@parley/fleet/testing/nats-server";
import { sampleLease } from "@parley/fleet/testing/sample-lease";
import { WorkerLeases } from "@parley/fleet/worker-leases";
import type { WorkerLease } from "@parley/shared/protocol/worker-card";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { silentLog } from "../contracts/log";
import { NatsDirectory } from "./nats-directory";

if (whyNoNats !== null) console.warn(`left out: ${whyNoNats}`);

describe.skipIf(whyNoNats !== null)("a directory of workers in NATS", () => {
  let nats: NatsServer;
  let clock: FakeClock;
  let worker: WorkerLeases;
  let directory: NatsDirectory;

  beforeAll(async () => {
    nats = await NatsServer.start();
  });
  afterAll(() => nats.stop());
  beforeEach(async () => {
    clock = new FakeClock();
    worker = openLeases();
    directory = new NatsDirectory({ leases: openLeases(), clock });
    await until(() => {
      expect(worker.isConnected).toBe(true);
    });
  });
  afterEach(async () => {
    for (const workerId of ["a", "b"]) await worker.withdraw(workerId);
    await Promise.all([worker.close(), directory.close()]);
  });

  const until = (check: () => void | Promise<void>) =>
    vi.waitFor(check, { timeout: 20_000, interval: 20 });

  function openLeases(): WorkerLeases {
    const link = new NatsLink({ servers: [nats.url], name: "test", log: silentLog });
    return new WorkerLeases(link, silentLog);
  }

  async function announced(lease: WorkerLease): Promise<void> {
    await worker.publish(lease);
    await until(() => {
      expect(directory.workers.some(({ card }) => card?.load === lease.card.load)).toBe(true);
    });
  }

  const urls = () => directory.workers.map(({ url }) => url);

  test("has those that have entered themselves, until they leave", async () => {
    const lease = sampleLease("a", "ws://10.0.0.1:8080");
    await announced(lease);
    expect(directory.workers).toEqual([{ url: lease.url, isReady: true, card: lease.card }]);
    await worker.withdraw("a");
    await until(() => {
      expect(urls()).toEqual([]);
    });
  });

  test("gives up a lease that nobody renews", async () => {
    await announced(sampleLease("a", "ws://10.0.0.1:8080"));
    await clock.advance(3_000);
    await announced(sampleLease("b", "ws://10.0.0.2:8080", { load: 0.2 }));
    expect(urls()).toEqual(["ws://10.0.0.1:8080", "ws://10.0.0.2:8080"]);
    await clock.advance(1_000);
    expect(urls()).toEqual(["ws://10.0.0.2:8080"]);
  });

  test("knows a worker that was started again at the same address as one", async () => {
    await announced(sampleLease("a", "ws://10.0.0.1:8080"));
    await clock.advance(500);
    await announced(sampleLease("b", "ws://10.0.0.1:8080", { load: 0.3 }));
    expect(directory.workers.map(({ card }) => card?.workerId)).toEqual(["b"]);
  });

  test("keeps everybody while NATS is away", async () => {
    await announced(sampleLease("a", "ws://10.0.0.1:8080"));
    await nats.interrupt();
    await until(() => {
      expect(worker.isConnected).toBe(false);
    });
    await until(async () => {
      await clock.advance(500);
      expect(directory.isConnected).toBe(false);
    });
    await clock.advance(30_000);
    expect(urls()).toEqual(["ws://10.0.0.1:8080"]);
    await nats.resume();
    await until(() => {
      expect([worker.isConnected, directory.isConnected]).toEqual([true, true]);
    });
    await announced(sampleLease("a", "ws://10.0.0.1:8080", { load: 0.4 }));
  });
});
