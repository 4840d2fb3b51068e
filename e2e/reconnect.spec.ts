import { AgentSound } from "./support/agent-sound";
import { connectionsMade, connectionStates } from "./support/connection-probe";
import { openCuttableNetwork } from "./support/cuttable-network";
import { testPort } from "./support/port";
import { mediaWorkers, serverProcesses, signalProcesses } from "./support/processes";
import { Sightings } from "./support/sightings";
import { expect, test } from "./support/test";

/**
 * Timeout of coming back. It takes what the outage took to be noticed, waits between attempts that grow to some
 * seconds, and new transports or a process that starts: on a busy machine more than the usual 15 s.
 */
const outage = { timeout: 40_000 };

test("a reload brings everything back", async ({ talker }) => {
  const room = await talker();
  await room.createAndJoin("Lea");
  await room.type("What is two plus two?");
  await expect(room.finalLines("Parley").last()).toContainText(/four|4/i);
  await room.page.reload();
  await room.join("Lea");
  await expect(room.finalLines("Lea")).toHaveCount(1);
  await room.type("What is three plus three?");
  await expect(room.finalLines("Parley").last()).toContainText(/six|6/i, { timeout: 20_000 });
});

test("an outage of the network heals by itself", async ({ talker }) => {
  const network = await openCuttableNetwork(testPort);
  try {
    const room = await talker();
    await room.createAndJoin("Kim", network.address);
    await room.type("What is two plus five?");
    await expect(room.finalLines("Parley").last()).toContainText(/seven|7/i);
    await room.expectState("listening");

    network.cut();
    const notice = room.page.getByText(/reconnecting|connection (is )?lost/i);
    await expect(notice.first()).toBeVisible();
    await room.type("What is four plus five?");
    // Long enough that media was missed as well, which takes ICE some seconds.
    await expect
      .poll(async () => (await connectionStates(room.page)).includes("disconnected"), outage)
      .toBe(true);
    await expect(notice.first()).toBeVisible();
    const sound = await AgentSound.fromNow(room.page);
    network.mend();

    await expect(notice).toHaveCount(0, outage);
    await expect
      .poll(async () => new Set(await connectionStates(room.page)), outage)
      .toEqual(new Set(["connected"]));
    // What was typed while nobody could be reached was kept, and is answered aloud.
    await expect(room.finalLines("Parley").last()).toContainText(/nine|9/i, outage);
    await expect(room.finalLines("Kim")).toHaveCount(2);
    await sound.expectVoice();
  } finally {
    await network.close();
  }
});

test("after an outage that ICE gave up on, ICE is restarted", async ({ talker }) => {
  const network = await openCuttableNetwork(testPort);
  try {
    const room = await talker();
    await room.createAndJoin("Amy", network.address);
    await room.type("What is two plus one?");
    await expect(room.finalLines("Parley").last()).toContainText(/three|3/i);
    await room.expectState("listening");
    const before = await connectionStates(room.page);
    const madeBefore = await connectionsMade(room.page);

    network.cut();
    await expect
      .poll(async () => (await connectionStates(room.page)).includes("failed"), outage)
      .toBe(true);
    network.mend();

    // The same connections come back: nothing was built anew.
    await expect
      .poll(() => connectionStates(room.page), outage)
      .toEqual(before.map(() => "connected"));
    expect(await connectionsMade(room.page)).toBe(madeBefore);
    const sound = await AgentSound.fromNow(room.page);
    await room.type("What is three plus five?");
    await expect(room.finalLines("Parley").last()).toContainText(/eight|8/i, outage);
    // The jitter buffer still holds what the frozen media worker sent in one burst when it was let
    // go: the voice may come more than a second after the line that it says.
    await sound.expectVoice();
  } finally {
    await network.close();
  }
});

test("a dead media worker is replaced and its room goes on", async ({ talker }) => {
  const room = await talker();
  await room.createAndJoin("Ida");
  await room.type("What is one plus one?");
  await expect(room.finalLines("Parley").last()).toContainText(/two|2/i);
  await room.expectState("listening");
  const madeBefore = await connectionsMade(room.page);
  const before = await connectionStates(room.page);
  const killed = mediaWorkers();
  expect(killed).not.toHaveLength(0);
  signalProcesses(killed, "SIGKILL");
  // The old connections believe for some seconds that they are connected: new ones must be made.
  await expect
    .poll(() => connectionsMade(room.page), outage)
    .toBeGreaterThanOrEqual(madeBefore + before.length);
  await expect
    .poll(() => connectionStates(room.page), outage)
    .toEqual(before.map(() => "connected"));
  const sound = await AgentSound.fromNow(room.page);
  await room.type("What is eight plus one?");
  await expect(room.finalLines("Parley").last()).toContainText(/nine|9/i, outage);
  await expect(room.finalLines("Ida")).toHaveCount(2);
  await sound.expectVoice();
});

test("a killed inference worker comes back and remembers the conversation", async ({ talker }) => {
  const room = await talker();
  await room.createAndJoin("Eva");
  await room.type("My favorite color is green.");
  await expect(room.finalLines("Parley").last()).toContainText(/green/i);
  await room.expectState("listening");
  const killed = serverProcesses("inference");
  expect(killed).toHaveLength(1);
  // It may be back before anybody has looked.
  const states = await Sightings.fromNow(room.page, '[role="status"][aria-label="Agent"]');
  signalProcesses(killed, "SIGKILL");
  await states.expectInOrder([/away/, /listening/], outage.timeout);
  await room.type("What is my favorite color?");
  await expect(room.finalLines("Parley").last()).toContainText(/you told me.*green/i, outage);
});

test("a killed media server comes back with its rooms and what was said", async ({ talker }) => {
  const room = await talker();
  await room.createAndJoin("Zoe");
  await room.type("What is five plus five?");
  await expect(room.finalLines("Parley").last()).toContainText(/ten|10/i);
  const killed = serverProcesses("media-server");
  expect(killed).toHaveLength(1);
  const alerts = await Sightings.fromNow(room.page, '[role="alert"]');
  signalProcesses(killed, "SIGKILL");
  await alerts.expectInOrder([/connection lost/i, /^$/], outage.timeout);
  await expect(room.finalLines("Zoe")).toHaveCount(1);
  await room.type("What is six plus six?");
  await expect(room.finalLines("Parley").last()).toContainText(/twelve|12/i, outage);
});
