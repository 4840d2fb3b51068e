import { audibleLevel, probedAudio } from "./support/audio-probe";
import { connectionStates } from "./support/connection-probe";
import { openCuttableNetwork } from "./support/cuttable-network";
import { testPort } from "./support/port";
import { mediaWorkers, serverProcesses, signalProcesses } from "./support/processes";
import { expect, test } from "./support/test";

test("a reload brings everything back", async ({ talker }) => {
  const room = await talker(null);
  await room.createAndJoin("Lea");
  await room.type("What is two plus two?");
  await expect(room.finalLines("Parley").last()).toContainText(/four|4/i);
  await room.page.reload();
  await room.join("Lea");
  await expect(room.finalLines("Lea")).toHaveCount(1);
  await room.type("What is three plus three?");
  await expect(room.finalLines("Parley").last()).toContainText(/six|6/i, { timeout: 20_000 });
});

test("ten seconds without a network heal by themselves", async ({ talker }) => {
  const network = await openCuttableNetwork(testPort);
  try {
    const room = await talker(null);
    await room.createAndJoin("Kim", network.address);
    await room.type("What is two plus five?");
    await expect(room.finalLines("Parley").last()).toContainText(/seven|7/i);
    await room.expectState("listening");

    network.cut();
    const notice = room.page.getByText(/reconnecting|connection (is )?lost/i);
    await expect(notice.first()).toBeVisible({ timeout: 9_000 });
    await room.type("What is four plus five?");
    await room.page.waitForTimeout(9_000);
    await expect(notice.first()).toBeVisible();
    network.mend();

    await expect(notice).toHaveCount(0, { timeout: 20_000 });
    await expect
      .poll(async () => new Set(await connectionStates(room.page)), { timeout: 30_000 })
      .toEqual(new Set(["connected"]));
    // What was typed while nobody could be reached was kept, and is answered aloud.
    await expect(room.finalLines("Parley").last()).toContainText(/nine|9/i, { timeout: 30_000 });
    await expect(room.finalLines("Kim")).toHaveCount(2);
  } finally {
    await network.close();
  }
});

test("after an outage that ICE gave up on, ICE is restarted", async ({ talker }) => {
  const network = await openCuttableNetwork(testPort);
  try {
    const room = await talker(null);
    await room.createAndJoin("Amy", network.address);
    await room.type("What is two plus one?");
    await expect(room.finalLines("Parley").last()).toContainText(/three|3/i);
    await room.expectState("listening");
    const before = await connectionStates(room.page);

    network.cut();
    await expect
      .poll(async () => (await connectionStates(room.page)).includes("failed"), { timeout: 30_000 })
      .toBe(true);
    network.mend();

    // The same connections come back: nothing was built anew.
    await expect
      .poll(() => connectionStates(room.page), { timeout: 30_000 })
      .toEqual(before.map(() => "connected"));
    await room.type("What is three plus five?");
    await expect(room.finalLines("Parley").last()).toContainText(/eight|8/i, { timeout: 30_000 });
    const heard = await probedAudio(room.page, "agent");
    expect(heard.chunks.slice(-300).some((chunk) => chunk.level > audibleLevel)).toBe(true);
  } finally {
    await network.close();
  }
});

test("a dead media worker is replaced and its room goes on", async ({ talker }) => {
  const room = await talker(null);
  await room.createAndJoin("Ida");
  await room.type("What is one plus one?");
  await expect(room.finalLines("Parley").last()).toContainText(/two|2/i);
  await room.expectState("listening");
  signalProcesses(mediaWorkers(), "SIGKILL");
  await expect
    .poll(async () => (await connectionStates(room.page)).includes("connected"), {
      timeout: 30_000,
    })
    .toBe(true);
  await room.type("What is eight plus one?");
  await expect(room.finalLines("Parley").last()).toContainText(/nine|9/i, { timeout: 30_000 });
  await expect(room.finalLines("Ida")).toHaveCount(2);
});

test("a killed inference worker comes back and remembers the conversation", async ({ talker }) => {
  const room = await talker(null);
  await room.createAndJoin("Eva");
  await room.type("My favorite color is green.");
  await expect(room.finalLines("Parley").last()).toContainText(/green/i);
  await room.expectState("listening");
  const killed = serverProcesses("inference");
  expect(killed).toHaveLength(1);
  signalProcesses(killed, "SIGKILL");
  await expect(room.agent).toContainText("away");
  await room.expectState("listening", 30_000);
  await room.type("What is my favorite color?");
  await expect(room.finalLines("Parley").last()).toContainText(/green/i, { timeout: 20_000 });
});

test("a killed media server comes back with its rooms and what was said", async ({ talker }) => {
  const room = await talker(null);
  await room.createAndJoin("Zoe");
  await room.type("What is five plus five?");
  await expect(room.finalLines("Parley").last()).toContainText(/ten|10/i);
  const killed = serverProcesses("media-server");
  expect(killed).toHaveLength(1);
  signalProcesses(killed, "SIGKILL");
  const notice = room.page.getByText(/reconnecting|connection (is )?lost/i);
  await expect(notice.first()).toBeVisible();
  await expect(notice).toHaveCount(0, { timeout: 40_000 });
  await expect(room.finalLines("Zoe")).toHaveCount(1);
  await room.type("What is six plus six?");
  await expect(room.finalLines("Parley").last()).toContainText(/twelve|12/i, { timeout: 30_000 });
});
