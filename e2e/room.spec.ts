import { audioStatistics } from "./support/connection-probe";
import { expect, test } from "./support/test";

/** Energy of a word or two as WebRTC counts it: full scale squared, times seconds. */
const spokenEnergy = 0.0005;

test("two people and an agent share one room by its link", async ({ talker }) => {
  // Among several people the agent answers who says its name, and questions that nobody takes up.
  const first = "parley i have a flight at twelve o'clock in the evening";
  const second = "what day is tomorrow";
  const anna = await talker();
  const ben = await talker();
  await anna.createAndGreet("Anna");
  const link = new URL(anna.page.url()).pathname;
  await ben.openAndJoin(link, "Ben");

  await anna.say(first, "rms");
  for (const room of [anna, ben]) await room.expectHeard("Anna", first, 0.4);
  await anna.expectAnswered();
  await ben.say(second, "awb");
  for (const room of [anna, ben]) await room.expectHeard("Ben", second, 0.5);
  await ben.expectAnswered();

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
  for (const name of ["Anna", "Ben"]) {
    const said = await anna.wordsOf(name);
    await expect.poll(() => late.wordsOf(name)).toBe(said);
  }

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
