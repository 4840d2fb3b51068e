import { audioStatistic } from "./support/connection-probe";
import { expect, test } from "./support/test";

test("a muted microphone sends nothing, and nothing of it is heard later", async ({ talker }) => {
  const room = await talker([
    12_000,
    { say: "this is a secret", voice: "rms" },
    9_000,
    { say: "what day is tomorrow", voice: "rms" },
    30_000,
  ]);
  await room.createAndJoin("Mia");
  await room.button("Mute").click();
  await expect(room.button("Unmute")).toBeVisible();
  await room.page.waitForTimeout(500);

  const before = await audioStatistic(room.page, "outbound-rtp", "packetsSent");
  await room.page.waitForTimeout(12_000);
  expect(await audioStatistic(room.page, "outbound-rtp", "packetsSent")).toBe(before);
  await expect(room.finalLines("Mia")).toHaveCount(0);

  await room.button("Unmute").click();
  await expect(room.finalLines("Mia")).toHaveCount(1, { timeout: 40_000 });
  await expect(room.finalLines("Mia")).toContainText(/tomorrow|day/);
  expect(await audioStatistic(room.page, "outbound-rtp", "packetsSent")).toBeGreaterThan(before);
});
