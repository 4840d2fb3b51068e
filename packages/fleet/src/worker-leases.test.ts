import { connect } from "@nats-io/transport-node";
import { systemClock } from "@parley/shared/async/clock";
import type { WorkerLease } from "@parley/shared/protocol/worker-card";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { askWorkers } from "./ask-workers";
import { NatsLink } from "./nats-link";
import { NatsServer, whyNoNats } from "./testing/nats-server";
import { sampleLease } from "./testing/sample-lease";
import { WorkerLeases } from "./worker-leases";
import { WorkerService } from "./worker-service";

const log = { info: () => undefined, warn: () => undefined };
if (whyNoNats !== null) console.warn(`left out: ${whyNoNats}`);

describe.skipIf(whyNoNats !== null)("workers' leases in NATS", () => {
  let nats: NatsServer;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    nats = await NatsServer.start();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => nats.stop());

  const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

  function openLeases(): WorkerLeases {
    const link = new NatsLink({ servers: [nats.url], name: "test", log });
    const leases = new WorkerLeases(link, log);
    closers.push(() => leases.close());
    return leases;
  }

  function watch(): Map<string, WorkerLease> {
    const seen = new Map<string, WorkerLease>();
    const leases = openLeases();
    const end = leases.watch((workerId, lease) => {
      if (lease === null) seen.delete(workerId);
      else seen.set(workerId, lease);
    });
    closers.push(() => {
      end();
      return Promise.resolve();
    });
    return seen;
  }

  async function connected(): Promise<WorkerLeases> {
    const leases = openLeases();
    await until(() => {
      expect(leases.isConnected).toBe(true);
    });
    return leases;
  }

  it("are seen by those who came before and after, and no longer once withdrawn", async () => {
    const before = watch();
    const leases = await connected();
    const lease = sampleLease("a", "ws://10.0.0.1:8080");
    await leases.publish(lease);
    await until(() => {
      expect(before.get("a")).toEqual(lease);
    });
    const after = watch();
    await until(() => {
      expect(after.get("a")).toEqual(lease);
    });
    await leases.withdraw("a");
    await until(() => {
      expect([before.size, after.size]).toEqual([0, 0]);
    });
  });

  it("run out when nobody renews them", async () => {
    const leases = await connected();
    await leases.publish(sampleLease("b", "ws://10.0.0.2:8080"));
    await systemClock.delay(6_500);
    const late = watch();
    await leases.publish(sampleLease("c", "ws://10.0.0.3:8080"));
    await until(() => {
      expect([...late.keys()]).toEqual(["c"]);
    });
  });

  it("are written and watched again after NATS was away", async () => {
    const seen = watch();
    const leases = await connected();
    await leases.publish(sampleLease("d", "ws://10.0.0.4:8080"));
    await nats.interrupt();
    await until(() => {
      expect(leases.isConnected).toBe(false);
    });
    await leases.publish(sampleLease("d", "ws://10.0.0.4:8080", { load: 0.5 }));
    await nats.resume();
    await until(() => {
      expect(leases.isConnected).toBe(true);
    });
    await leases.publish(sampleLease("d", "ws://10.0.0.4:8080", { load: 0.7 }));
    await until(() => {
      expect(seen.get("d")?.card.load).toBe(0.7);
    });
  });

  it("are listed for whoever asks once", async () => {
    const leases = await connected();
    const lease = sampleLease("f", "ws://10.0.0.6:8080");
    await leases.publish(lease);
    expect(await askWorkers([nats.url])).toContainEqual(lease);
    await leases.withdraw("f");
    expect(await askWorkers([nats.url])).not.toContainEqual(lease);
    await expect(askWorkers(["nats://127.0.0.1:9"])).rejects.toMatchObject({
      code: "agent-unavailable",
    });
  });

  it("come with a service that answers with the card", async () => {
    const link = new NatsLink({ servers: [nats.url], name: "test", log });
    const { card } = sampleLease("e", "ws://10.0.0.5:8080");
    const service = new WorkerService({ link, version: "0.1.0", card: () => card, log });
    closers.push(
      () => link.close(),
      () => service.close(),
    );
    const asking = await connect({ servers: nats.url });
    closers.push(() => asking.close());
    await vi.waitFor(
      async () => {
        const answer = await asking.request("parley.inference.card", undefined, { timeout: 500 });
        expect(answer.json()).toEqual(card);
        const info = await asking.request("$SRV.INFO.parley-inference", undefined, {
          timeout: 500,
        });
        expect(info.json()).toMatchObject({ name: "parley-inference", version: "0.1.0" });
      },
      { timeout: 10_000, interval: 50 },
    );
  });
});
