import { whyNoNats } from "@parley/fleet/testing/nats-server";
import { whyNoPostgres } from "@parley/fleet/testing/postgres-server";
import { expect, test } from "../support/test";
import { Fleet } from "./fleet";
import { comesBack, Meeting, slow } from "./meeting";

/** How long NATS is away: many times what a lease lasts. */
const outageMs = 30_000;

const why = whyNoNats ?? whyNoPostgres;
let fleet: Fleet;

test.skip(why !== null, why ?? "");
test.beforeAll(async () => {
  test.setTimeout(300_000);
  fleet = await Fleet.start();
});
test.afterAll(() => fleet.close());

test("a room outlives each part of its fleet", async ({ talker }) => {
  test.setTimeout(600_000);
  const room = await Meeting.begin(fleet, talker);
  const { ada, bea } = room;
  const [one, two] = fleet.entries;
  const report = (what: string) => {
    console.log(`fleet: ${what}`);
  };

  await ada.say("what time is it", "rms");
  await expect(bea.finalLines("Ada")).not.toHaveCount(0, slow);
  await room.converse(ada);
  await room.converse(bea);

  // Whichever worker has the room: it goes to the other one.
  for (const worker of fleet.workers) {
    await ada.type("tell me a short story");
    await ada.expectState("speaking", slow.timeout);
    await worker.kill();
    await room.converse(bea);
    worker.start();
    await worker.ready();
  }
  report(`both workers were killed, ${await room.nothingLost()} lines are there`);

  await fleet.postgres.interrupt("SIGKILL");
  await room.converse(ada);
  await expect.poll(() => one.server.missing(), slow).toContain("storage");
  await fleet.postgres.resume();
  await expect.poll(() => one.server.missing(), slow).not.toContain("storage");
  report(`PostgreSQL was killed, ${await room.nothingLost()} lines are there`);

  // Bea's page came from the second entry; her room is at the first.
  await two.server.kill();
  await room.converse(bea);
  two.server.start();
  await two.server.ready();
  report("the entry without the room was killed, and nobody noticed");

  const earlier = await room.cutOff();
  await room.hearStory(ada);
  const back = [await comesBack(ada), await comesBack(bea)];
  const heard = await room.lastWords(ada);
  await one.server.kill();
  const times = await Promise.all(back.map((wait) => wait()));
  await room.converse(ada);
  await room.converse(bea);
  const [cutOff = "", ...more] = (await room.cutOff()).slice(earlier.length);
  expect(more).toEqual([]);
  // What was heard until half a second before is there, and nothing else.
  expect(heard.startsWith(cutOff) || cutOff.startsWith(heard)).toBe(true);
  expect(cutOff.length).toBeGreaterThan(heard.length - 25);
  report(`of "${heard} …" the transcript has "${cutOff}", as cut off`);
  report(`the room's own server was killed: its members were back after ${times.join(" and ")} ms`);
  one.server.start();
  await one.server.ready();
  report(`${await room.nothingLost()} lines are there`);

  await fleet.nats.interrupt();
  const awayMs = performance.now();
  await room.converse(ada);
  await room.converse(bea);
  await new Promise((resolve) => setTimeout(resolve, outageMs - (performance.now() - awayMs)));
  await room.converse(ada);
  await fleet.nats.resume();
  await room.converse(bea);
  report(`NATS was away for 30 s, ${await room.nothingLost()} lines are there`);

  // One after the other, while the conversation goes on. The room is at the second entry by now.
  for (const server of [...fleet.workers, one.server]) {
    await server.stop();
    server.start();
    await room.converse(ada);
    await server.ready();
  }
  const led = [await comesBack(ada), await comesBack(bea)];
  const stopping = two.server.stop();
  await expect.poll(() => two.server.missing(), { ...slow, intervals: [50] }).toContain("draining");
  await stopping;
  const handed = await Promise.all(led.map((wait) => wait()));
  two.server.start();
  await room.converse(ada);
  await two.server.ready();
  report(
    `the room was handed over: ${handed.join(" and ")} ms after SIGTERM, 2 s of them to drain`,
  );
  await fleet.nats.interrupt();
  await fleet.nats.resume();
  await fleet.postgres.interrupt("SIGINT");
  await fleet.postgres.resume();
  await room.converse(bea);
  report(`everything was replaced, ${await room.nothingLost()} lines are there`);
});
