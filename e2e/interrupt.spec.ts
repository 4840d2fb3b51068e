import { lastAgentSoundAtMs, probedAudio, audibleLevel } from "./support/audio-probe";
import { expect, test } from "./support/test";

test("the Interrupt button silences the agent at once and for good", async ({ talker }) => {
  const room = await talker(null);
  await room.createAndJoin("Nina");
  await room.type("Tell me a story of twenty sentences.");
  await room.expectState("speaking");
  await expect(room.transcript).toContainText(/once/i);
  await room.page.waitForTimeout(2_500);

  const pressedAtMs = Date.now();
  await room.button("Interrupt").click();
  await room.expectState("listening");
  await room.page.waitForTimeout(3_000);

  const lastSoundAtMs = (await lastAgentSoundAtMs(room.page)) ?? 0;
  expect(lastSoundAtMs).toBeGreaterThan(pressedAtMs - 2_000);
  // The click itself takes Playwright a moment; late audio would come seconds later.
  expect(lastSoundAtMs - pressedAtMs).toBeLessThan(700);

  const cut = room.finalLines("Parley").last();
  await expect(cut).toContainText("cut short");
  const words = (await room.words(cut)).split(/\s+/).length;
  expect(words).toBeGreaterThan(2);
  expect(words).toBeLessThan(60);
});

test("words spoken over the agent stop it; it remembers what was heard", async ({ talker }) => {
  const room = await talker([
    16_000,
    { say: "wait a second please, i changed my mind", voice: "rms" },
    20_000,
  ]);
  await room.createAndJoin("Ruth");
  await room.type("Tell me a story of thirty sentences.");
  await room.expectState("speaking");

  await expect(room.finalLines("Ruth").filter({ hasText: /mind|wait|second/ })).toHaveCount(1, {
    timeout: 40_000,
  });
  const story = room.finalLines("Parley").filter({ hasText: /once/i });
  await expect(story).toContainText("cut short");

  // The rest of the story is never heard: whatever comes now is another, short reply.
  await room.expectState("listening", 30_000);
  await room.page.waitForTimeout(2_000);
  const heard = await probedAudio(room.page, "agent");
  const tail = heard.chunks.slice(-150);
  expect(tail.every((chunk) => chunk.level < audibleLevel)).toBe(true);
});
