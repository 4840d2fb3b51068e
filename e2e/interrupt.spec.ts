import type { Locator } from "@playwright/test";
import { AgentSound } from "./support/agent-sound";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { type Speech } from "./support/speech";
import type { Talker } from "./support/talker";
import { expect, test } from "./support/test";

/** Sound in ms that browsers have buffered when a reply is cut; more of it is the reply going on. */
const tailMs = 700;

/**
 * Silence in ms at a new microphone while the agent speaks: echo cancellation learns in it that
 * there is no echo, and until then takes whatever comes with the agent's voice for one.
 */
const learnMs = 6_000;

/** Asks for a story and waits until the agent is in the middle of it, audibly. */
async function beginStory(room: Talker, sentences: string): Promise<void> {
  const sound = await AgentSound.fromNow(room.page);
  await room.type(`Tell me a story of ${sentences} sentences.`);
  await expect(room.transcript).toContainText(/once/i);
  await room.expectState("speaking");
  // The greeting, which the request may have cut short, is not as long.
  await sound.expectVoice(2_500);
}

/** How long the agent takes to say these lines. */
async function spokenMs(speech: Speech, room: Talker, lines: Locator[]): Promise<number> {
  let samples = 0;
  for (const line of lines) {
    const words = await room.words(line);
    samples += (await speech.say(words, "slt", AbortSignal.timeout(30_000))).length;
  }
  return (samples / speechRate) * 1_000;
}

/**
 * Proves that a story is over: replies are played in order, so that once a question asked after it
 * was answered aloud, whatever was left of the story would have been heard before.
 *
 * @param sound listened to since the story was cut
 * @param known how many lines of the agent were settled with the story's
 */
async function expectNothingMore(
  speech: Speech,
  room: Talker,
  sound: AgentSound,
  known: number,
): Promise<void> {
  await room.type("What is eight plus three?");
  const lines = room.finalLines("Parley");
  await expect(lines.last()).toContainText(/eleven/i);
  await room.expectState("listening");
  const later = (await lines.all()).slice(known);
  const laterMs = await spokenMs(speech, room, later);
  await sound.expectVoice();
  expect(await sound.audibleMs()).toBeLessThan(laterMs + tailMs);
}

test("the Interrupt button silences the agent at once and for good", async ({ speech, talker }) => {
  const room = await talker();
  await room.createAndJoin("Nina");
  await beginStory(room, "twenty");
  const sound = await AgentSound.fromClick(room.button("Interrupt"));
  await room.expectState("listening");

  const story = room.finalLines("Parley").filter({ hasText: /once/i });
  await expect(story).toContainText("cut short");
  const words = (await room.words(story)).split(/\s+/).length;
  expect(words).toBeGreaterThan(2);
  expect(words).toBeLessThan(60);
  // At once: all that was heard by the time at which everybody knew of it.
  expect(await sound.audibleMs()).toBeLessThan(tailMs);
  await expectNothingMore(speech, room, sound, await room.finalLines("Parley").count());
});

test("words spoken over the agent stop it; it remembers what was heard", async ({
  speech,
  talker,
}) => {
  const room = await talker();
  await room.createAndJoin("Ruth");
  await beginStory(room, "thirty");
  const story = room.finalLines("Parley").filter({ hasText: /once/i });
  const cut = async () => {
    await expect(story).toContainText("cut short", { timeout: 40_000 });
    const known = await room.finalLines("Parley").count();
    return { known, sound: await AgentSound.fromNow(room.page) };
  };
  const words = room.say("wait a second please, i changed my mind", "rms", learnMs);
  const [{ known, sound }] = await Promise.all([cut(), words]);

  await expect.poll(() => room.wordsOf("Ruth"), { timeout: 40_000 }).toMatch(/mind|wait|second/);
  expect((await room.words(story)).split(/\s+/).length).toBeGreaterThan(2);
  // The rest of the story is never heard: whatever comes now is another, short reply.
  await expectNothingMore(speech, room, sound, known);
});

test("two words of who wears headphones are heard over the agent's first words", async ({
  talker,
}) => {
  const room = await talker();
  await room.createAndJoin("Femi");
  await room.wearHeadphones();
  await beginStory(room, "thirty");
  const story = room.finalLines("Parley").filter({ hasText: /once/i });
  // A new microphone, in which an echo canceller would not have learnt enough in two seconds.
  await room.say("stop please", "rms");
  await expect(story).toContainText("cut short");
  expect((await room.words(story)).split(/\s+/).length).toBeLessThan(60);
});
