import { whyNoNats } from "@parley/fleet/testing/nats-server";
import { whyNoPostgres } from "@parley/fleet/testing/postgres-server";
import { AgentSound } from "../support/agent-sound";
import { expect, test } from "../support/test";
import { Fleet } from "./fleet";
import { comesBack, Meeting } from "./meeting";

const why = whyNoNats ?? whyNoPostgres;
let fleet: Fleet;

test.skip(why !== null, why ?? "");
test.beforeAll(async () => {
  test.setTimeout(300_000);
  // Each takes the others' word for whom they speak for.
  fleet = await Fleet.start({ MEDIA_SERVER_ROUTING: "proxy", TRUST_PROXY: "127.0.0.1,::1" });
});
test.afterAll(() => fleet.close());

test("where one address is public, servers pass browsers on to each other", async ({ talker }) => {
  test.setTimeout(300_000);
  const room = await Meeting.begin(fleet, talker);
  const { ada, bea } = room;
  const [one, two] = fleet.entries;
  const strangers: string[] = [];
  bea.page.on("request", (request) => strangers.push(new URL(request.url()).origin));

  const sound = await AgentSound.fromNow(bea.page);
  await room.converse(bea);
  await sound.expectVoice();
  await room.converse(ada);

  const back = await comesBack(bea);
  await one.server.kill();
  console.log(`proxy: back after ${await back()} ms`);
  await room.converse(bea, [bea]);
  // Its own page's server is away: Ada comes back with it.
  one.server.start();
  await one.server.ready();
  await room.converse(ada);
  // Her page asked no server but its own, if it asked anything at all.
  expect(strangers.filter((origin) => origin !== two.address)).toEqual([]);
  await room.nothingLost();
});
