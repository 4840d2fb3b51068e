import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AnnouncedReach } from "./announced-reach";

let clock: FakeClock;
let media: Server;
let port: number;
let warnings: object[];

beforeEach(async () => {
  clock = new FakeClock();
  warnings = [];
  media = createServer((socket) => socket.destroy());
  media.listen(0, "127.0.0.1");
  await once(media, "listening");
  ({ port } = media.address() as AddressInfo);
});

afterEach(() => {
  media.close();
});

function reach(addresses: string[], at = port): AnnouncedReach {
  const log = { warn: (fields: object) => warnings.push(fields) };
  return new AnnouncedReach({ addresses, port: at, clock, log });
}

test("an address at which the media port answers is in no doubt", async () => {
  expect(await reach(["127.0.0.1", "localhost"]).silentAddresses()).toEqual([]);
  expect(warnings).toEqual([]);
});

test("one at which nothing answers is told of, and logged once", async () => {
  const announced = reach(["127.0.0.1", "127.0.0.2"]);
  expect(await announced.silentAddresses()).toEqual(["127.0.0.2"]);
  await clock.advance(60_000);
  expect(await announced.silentAddresses()).toEqual(["127.0.0.2"]);
  expect(warnings).toEqual([{ address: "127.0.0.2", port }]);
});

test("a result holds for a while, then it is tried again", async () => {
  const announced = reach(["127.0.0.1"]);
  expect(await announced.silentAddresses()).toEqual([]);
  media.close();
  await once(media, "close");
  expect(await announced.silentAddresses()).toEqual([]);
  await clock.advance(30_000);
  expect(await announced.silentAddresses()).toEqual(["127.0.0.1"]);
});

test("an unknown port, or no announced address, is not tried", async () => {
  expect(await reach(["127.0.0.2"], 0).silentAddresses()).toEqual([]);
  expect(await reach([]).silentAddresses()).toEqual([]);
});
