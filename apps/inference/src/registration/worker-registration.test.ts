import { NatsLink } from "@parley/fleet/nats-link";
import { NatsServer, whyNoNats } from "@parley/fleet/testing/nats-server";
import { sampleCard } from "@parley/fleet/testing/sample-lease";
import { WorkerLeases } from "@parley/fleet/worker-leases";
import type { WorkerLease } from "@parley/shared/protocol/worker-card";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WorkerRegistration } from "./worker-registration";

const log = { info: () => undefined, warn: () => undefined };
if (whyNoNats !== null) console.warn(`left out: ${whyNoNats}`);

describe.skipIf(whyNoNats !== null)("a worker's registration", () => {
  let nats: NatsServer;
  beforeAll(async () => {
    nats = await NatsServer.start();
  });
  afterAll(() => nats.stop());

  const until = (check: () => void | Promise<void>) =>
    vi.waitFor(check, { timeout: 20_000, interval: 20 });

  it("renews its lease every second with the present load, and withdraws it at the end", async () => {
    const seen = new Map<string, WorkerLease>();
    const link = new NatsLink({ servers: [nats.url], name: "test", log });
    const leases = new WorkerLeases(link, log);
    leases.watch((workerId, lease) => {
      if (lease === null) seen.delete(workerId);
      else seen.set(workerId, lease);
    });
    const clock = new FakeClock();
    let load = 0;
    const registration = new WorkerRegistration({
      servers: [nats.url],
      url: "ws://10.0.0.1:8080",
      card: () => sampleCard("a", { load }),
      version: "0.1.0",
      clock,
      log,
    });
    await until(async () => {
      await clock.advance(1_000);
      expect(seen.get("a")).toMatchObject({ url: "ws://10.0.0.1:8080", card: { load: 0 } });
    });
    load = 0.5;
    await clock.advance(1_000);
    await until(() => {
      expect(seen.get("a")?.card.load).toBe(0.5);
    });
    await registration.close();
    await registration.close();
    await until(() => {
      expect(seen.size).toBe(0);
    });
    await leases.close();
  });
});
