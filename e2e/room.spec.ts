import { audioStatistics } from "./support/connection-probe";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";

/** Of a word or two, in what WebRTC counts: full scale squared, times seconds. */
const spokenEnergy = 0.0005;

test("two people and an agent share one room by its link", async ({ talker }) => {
  const first = "i have a flight at twelve o'clock in the evening";
  const second = "what day is tomorrow";
  const anna = await talker();
  const ben = await talker();
  await anna.createAndGreet("Anna");
  const link = new URL(anna.page.url()).pathname;
  await ben.openAndJoin(link, "Ben");

  const expectLine = async (name: string) => {
    for (const room of [anna, ben]) {
      await expect(room.finalLines(name)).toHaveCount(1, { timeout: 40_000 });
    }
  };
  await anna.say(first, "rms");
  await expectLine("Anna");
  await anna.expectReplies(2);
  await ben.say(second, "awb");
  await expectLine("Ben");
  const words = (name: string) => ben.words(ben.finalLines(name));
  expect(wordErrorRate(first, await words("Anna"))).toBeLessThanOrEqual(0.4);
  expect(wordErrorRate(second, await words("Ben"))).toBeLessThanOrEqual(0.5);
  await ben.expectReplies(3);

  // Each of them hears the other as well as the agent.
  for (const room of [anna, ben]) {
    await expect(room.page.locator("audio")).toHaveCount(2);
    const voicesHeard = async () => {
      const energies = await audioStatistics(room.page, "inbound-rtp", "totalAudioEnergy");
      return energies.filter((energy) => energy > spokenEnergy).length;
    };
    await expect.poll(voicesHeard).toBe(2);
  }

  // Who comes later sees what was said before.
  const late = await talker();
  await late.openAndJoin(link, "Carol");
  await expect(late.finalLines("Anna")).toHaveCount(1);
  await expect(late.finalLines("Ben")).toHaveCount(1);
  expect(await late.words(late.finalLines("Anna"))).toBe(await words("Anna"));

  // Who leaves is gone for the others.
  const people = anna.page.getByRole("list", { name: "People" });
  await expect(people).toContainText("Carol");
  await late.button("Leave").click();
  await expect(people).not.toContainText("Carol");
});

test("a link that leads nowhere says so", async ({ talker }) => {
  const room = await talker();
  await room.page.goto("/r/AAAAAAAAAAAAAAAAAAAAAA");
  await expect(room.page.getByText(/no such room|does not exist|not found/i).first()).toBeVisible();
  await room.page.goto("/r/nonsense");
  await expect(room.page.getByText(/no such room|does not exist|not found/i).first()).toBeVisible();
});
