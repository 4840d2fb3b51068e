import { NatsLink } from "@parley/fleet/nats-link";
import { RoomInquiries } from "@parley/fleet/room-inquiries";
import { RoomKeys } from "@parley/fleet/room-keys";
import { NatsServer, whyNoNats } from "@parley/fleet/testing/nats-server";
import { systemClock } from "@parley/shared/async/clock";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../contracts/log";
import { FleetHomes } from "./fleet-homes";

const patience = { timeout: 60_000, interval: 20 };
if (whyNoNats !== null) console.warn(`left out: ${whyNoNats}`);

/** A server with nothing but its part in the fleet. */
type Server = { homes: FleetHomes; link: NatsLink; open: Set<RoomId>; lost: RoomId[] };

describe.skipIf(whyNoNats !== null)("homes of rooms on several servers", () => {
  let nats: NatsServer;
  let roomId: RoomId;
  const servers: Server[] = [];
  const unknown = newId<RoomId>();

  beforeAll(async () => {
    nats = await NatsServer.start();
  });
  beforeEach(() => {
    roomId = newId<RoomId>();
  });
  afterEach(async () => {
    for (const { homes } of servers.splice(0)) await homes.close();
  });
  afterAll(() => nats.stop());

  async function start(address: string): Promise<Server> {
    const link = new NatsLink({ servers: [nats.url], name: address, log: silentLog });
    const open = new Set<RoomId>();
    const lost: RoomId[] = [];
    const homes = new FleetHomes({
      link,
      address,
      isPublic: true,
      exists: (id) => Promise.resolve(id !== unknown),
      describeOwn: (id) => (open.has(id) ? describeRoom(id) : null),
      clock: systemClock,
      log: silentLog,
    });
    homes.onLost((id) => lost.push(id));
    const server = { homes, link, open, lost };
    servers.push(server);
    await vi.waitFor(() => {
      expect(link.isConnected).toBe(true);
    }, patience);
    return server;
  }

  async function make({ homes, open }: Server): Promise<void> {
    await homes.claim(roomId, { isNew: true });
    open.add(roomId);
  }

  const here = { type: "here" };
  const at = (address: string) => ({ type: "elsewhere", address });
  /** Until it is clear where the room is: on a busy machine a server may answer late. */
  const claim = ({ homes }: Server) => vi.waitFor(() => homes.claim(roomId), patience);

  it("send whoever comes to the wrong one to the right one", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(one);
    expect(await claim(one)).toEqual(here);
    expect(await claim(two)).toEqual(at("http://one.test"));
    await vi.waitFor(async () => {
      expect(await two.homes.describe(roomId)).toEqual(describeRoom(roomId));
      expect(two.homes.servers).toEqual(
        expect.arrayContaining(["http://one.test", "http://two.test"]),
      );
    }, patience);
    expect(await one.homes.describe(roomId)).toBeNull();
  });

  it("give a room to one alone when several want it at once", async () => {
    const all = [
      await start("http://one.test"),
      await start("http://two.test"),
      await start("http://three.test"),
    ];
    for (const server of all) server.open.add(roomId);
    const places = await Promise.all(all.map(claim));
    expect(places.filter(({ type }) => type === "here")).toHaveLength(1);
    expect(places.filter(({ type }) => type === "elsewhere")).toHaveLength(2);
  });

  it("keep a room whose key is written while others ask for it", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    for (const server of [one, two]) server.open.add(roomId);
    const written = afterNextKey();
    const first = claim(one);
    const letGo = await written;
    // The second one reads the first one's key before that knows of its own.
    let place: unknown = null;
    const claiming = claim(two).then((found) => (place = found));
    await systemClock.delay(600);
    expect(place).toBeNull();
    letGo();
    expect(await first).toEqual(here);
    await claiming;
    expect(place).toEqual(at("http://one.test"));
  });

  it("give up a room that another one took while its key was written", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    const written = afterNextKey();
    const claiming = claim(one);
    const letGo = await written;
    // As if the first one had stood still for as long as its lease.
    const keys = new RoomKeys(two.link, silentLog);
    const other = { serverId: "two", address: "http://two.test" };
    await vi.waitFor(async () => {
      expect(await keys.take(roomId, other, await keys.read(roomId))).toBe(true);
    }, patience);
    const ask = vi.spyOn(RoomInquiries.prototype, "ask");
    await vi.waitFor(async () => {
      await one.homes.describe(roomId);
      expect(ask).toHaveBeenCalledWith("two", roomId);
    }, patience);
    ask.mockRestore();
    letGo();
    // The other one has no server: its room is free again.
    expect(await claiming).toEqual(here);
    expect((await keys.read(roomId))?.holder.address).toBe("http://one.test");
  });

  it("let a room go only once its last lines are stored, and then at once", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(one);
    // Closed, but not stored yet.
    one.open.delete(roomId);
    let place: unknown = null;
    const claiming = claim(two).then((found) => (place = found));
    await systemClock.delay(600);
    expect(place).toBeNull();
    await one.homes.release(roomId);
    await claiming;
    expect(place).toEqual(here);
  });

  it("take up the rooms of a server that died", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(one);
    expect(await claim(two)).toEqual(at("http://one.test"));
    await vi.waitFor(() => {
      expect(two.homes.servers).toContain("http://one.test");
    }, patience);
    // Nothing is withdrawn, as by kill -9.
    await one.link.close();
    const startMs = systemClock.now();
    expect(await claim(two)).toEqual(here);
    console.log(`taken up after ${Math.round(systemClock.now() - startMs)} ms`);
  });

  it("have the rooms of their own predecessor at once", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(one);
    await one.link.close();
    const again = await start("http://one.test");
    expect(await claim(again)).toEqual(here);
    again.open.add(roomId);
    expect(await claim(two)).toEqual(at("http://one.test"));
  });

  it("know what exists nowhere", async () => {
    const one = await start("http://one.test");
    expect(await vi.waitFor(() => one.homes.claim(unknown), patience)).toEqual({
      type: "nowhere",
    });
  });

  it("keep their rooms while NATS is away, make new ones, and have all when it is back", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(one);
    expect(await claim(two)).toEqual(at("http://one.test"));
    await nats.interrupt();
    await vi.waitFor(() => {
      expect([one.link.isConnected, two.link.isConnected]).toEqual([false, false]);
    }, patience);
    expect(await one.homes.claim(roomId)).toEqual(here);
    expect(await two.homes.claim(roomId)).toEqual(at("http://one.test"));
    const made = newId<RoomId>();
    expect(await one.homes.claim(made, { isNew: true })).toEqual(here);
    one.open.add(made);
    await expect(two.homes.claim(made)).rejects.toMatchObject({ isRetryable: true });
    await nats.resume();
    await vi.waitFor(async () => {
      expect(await two.homes.claim(made)).toEqual(at("http://one.test"));
      expect(await two.homes.claim(roomId)).toEqual(at("http://one.test"));
    }, patience);
    expect(one.lost).toEqual([]);
  });

  it("lose a room that another one has taken, and say so", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(one);
    // As it does when the first one stood still for longer than its lease.
    const keys = new RoomKeys(two.link, silentLog);
    await vi.waitFor(async () => {
      const key = await keys.read(roomId);
      const holder = { serverId: "two", address: "http://two.test" };
      expect(await keys.take(roomId, holder, key)).toBe(true);
    }, patience);
    await vi.waitFor(() => {
      expect(one.lost).toEqual([roomId]);
    }, patience);
  });

  it("send rooms to others while they drain", async () => {
    const [one, two] = [await start("http://one.test"), await start("http://two.test")];
    await make(two);
    one.homes.drain();
    two.open.delete(roomId);
    await two.homes.release(roomId);
    // A server of the test before may seem to be there for as long as its lease lasts.
    await vi.waitFor(async () => {
      expect(await one.homes.claim(roomId)).toEqual(at("http://two.test"));
    }, patience);
    two.homes.drain();
    await vi.waitFor(async () => {
      await expect(one.homes.claim(roomId)).rejects.toMatchObject({ code: "at-capacity" });
    }, patience);
  });
});

/** Resolves once the next key is written; its writer learns of that when it is let go. */
function afterNextKey(): Promise<() => void> {
  return new Promise((resolve) => {
    const take = vi.spyOn(RoomKeys.prototype, "take");
    take.mockImplementationOnce(async function (this: RoomKeys, ...key) {
      take.mockRestore();
      const isTaken = await this.take(...key);
      await new Promise<void>((letGo) => {
        resolve(letGo);
      });
      return isTaken;
    });
  });
}

function describeRoom(roomId: RoomId): RoomDescription {
  return { roomId, title: "Tea", agentName: "Parley", createdAtMs: 1, memberCount: 2 };
}
