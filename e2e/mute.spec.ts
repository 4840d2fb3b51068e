import { audibleLevel, probedAudio } from "./support/audio-probe";
import { audioStatistics } from "./support/connection-probe";
import type { Talker } from "./support/talker";
import { expect, test } from "./support/test";

/** Packets of the microphone so far. */
async function packetsSent(room: Talker): Promise<number> {
  const streams = await audioStatistics(room.page, "outbound-rtp", "packetsSent");
  return streams.reduce((sum, packets) => sum + packets, 0);
}

test("a muted microphone sends nothing, and nothing of it is heard later", async ({ talker }) => {
  const later = "what day is tomorrow";
  const room = await talker();
  await room.createAndGreet("Mia");
  await expect.poll(() => packetsSent(room)).toBeGreaterThan(0);
  await room.button("Mute").click();
  await expect(room.button("Unmute")).toBeVisible();
  // What was on its way when the button was pressed may still go out.
  let before = -1;
  await expect
    .poll(async () => {
      const earlier = before;
      before = await packetsSent(room);
      return before - earlier;
    })
    .toBe(0);

  await room.say("this is a secret", "rms");
  const { chunks } = await probedAudio(room.page, "microphone");
  expect(chunks.filter(({ level }) => level > audibleLevel).length).toBeGreaterThan(30);
  expect(await packetsSent(room)).toBe(before);

  await room.button("Unmute").click();
  await room.say(later, "rms");
  // Words are heard in order: once the later ones are there, the secret would have been.
  await room.expectHeard("Mia", later, 0.5);
  expect(await packetsSent(room)).toBeGreaterThan(before);
});
