import { audioStatistic } from "./support/connection-probe";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";

test("two people and an agent share one room by its link", async ({ talker }) => {
  const first = "i have a flight at twelve o'clock in the evening";
  const second = "what day is tomorrow";
  const anna = await talker([18_000, { say: first, voice: "rms" }, 40_000]);
  const ben = await talker([26_000, { say: second, voice: "awb" }, 40_000]);
  await anna.createAndJoin("Anna");
  const link = new URL(anna.page.url()).pathname;
  await ben.openAndJoin(link, "Ben");

  for (const room of [anna, ben]) {
    await expect(room.finalLines("Anna")).toHaveCount(1, { timeout: 60_000 });
    await expect(room.finalLines("Ben")).toHaveCount(1, { timeout: 60_000 });
  }
  const words = (name: string) => ben.words(ben.finalLines(name));
  expect(wordErrorRate(first, await words("Anna"))).toBeLessThanOrEqual(0.4);
  expect(wordErrorRate(second, await words("Ben"))).toBeLessThanOrEqual(0.5);
  await expect(ben.finalLines("Parley").last()).toBeVisible();

  // Ben hears Anna as well as the agent; Anna hears Ben.
  for (const room of [anna, ben]) {
    const sources = await room.page.locator("audio").count();
    expect(sources).toBe(2);
    expect(await audioStatistic(room.page, "inbound-rtp", "totalAudioEnergy")).toBeGreaterThan(0);
  }

  // Who comes later sees what was said before.
  const late = await talker(null);
  await late.openAndJoin(link, "Carol");
  await expect(late.finalLines("Anna")).toHaveCount(1);
  await expect(late.finalLines("Ben")).toHaveCount(1);
  expect(await late.words(late.finalLines("Anna"))).toBe(await words("Anna"));

  // Who leaves is gone for the others.
  await late.button("Leave").click();
  await expect(anna.page.getByText("Carol")).toHaveCount(0);
});

test("a link that leads nowhere says so", async ({ talker }) => {
  const room = await talker(null);
  await room.page.goto("/r/AAAAAAAAAAAAAAAAAAAAAA");
  await expect(room.page.getByText(/no such room|does not exist|not found/i).first()).toBeVisible();
  await room.page.goto("/r/nonsense");
  await expect(room.page.getByText(/no such room|does not exist|not found/i).first()).toBeVisible();
});
