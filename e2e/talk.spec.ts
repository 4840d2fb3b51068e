import { speechRate } from "@parley/shared/audio/speech-rate";
import { audibleLevel, probedAudio } from "./support/audio-probe";
import { envelope, envelopeCorrelation } from "./support/envelope";
import { downsample } from "./support/speech";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";

test("a spoken question comes back as a transcript and a voice", async ({ speech, talker }) => {
  const name = "my name is sharon and i live in brazil";
  const question = "what is four times eleven";
  const room = await talker([
    9_000,
    { say: name, voice: "rms" },
    9_000,
    { say: question, voice: "rms" },
    30_000,
  ]);
  await room.createAndJoin("Sharon");

  const mine = room.finalLines("Sharon");
  await expect(mine).toHaveCount(2, { timeout: 60_000 });
  expect(wordErrorRate(name, await room.words(mine.nth(0)))).toBeLessThanOrEqual(0.34);
  expect(wordErrorRate(question, await room.words(mine.nth(1)))).toBeLessThanOrEqual(0.34);

  const answers = room.finalLines("Parley");
  await expect(answers.last()).toContainText(/forty[- ]four|44/i, { timeout: 30_000 });
  await room.expectState("listening");

  const heard = await probedAudio(room.page, "agent");
  const loud = heard.chunks.filter((chunk) => chunk.level > audibleLevel);
  expect(loud.length).toBeGreaterThan(100);

  // The same words, synthesised again, must be found in what the browser played.
  const answer = await room.words(answers.last());
  const captured = downsample(heard.samples, heard.sampleRate / speechRate);
  const spoken = await speech.say(answer, "slt", AbortSignal.timeout(10_000));
  const likeness = envelopeCorrelation(
    envelope(spoken, speechRate),
    envelope(captured, speechRate),
  );
  expect(likeness).toBeGreaterThan(0.7);

  // And a recogniser that never saw the text must read it from the sound.
  const lastReply = captured.subarray(-Math.min(captured.length, speechRate * 12));
  expect(await speech.hear(lastReply)).toMatch(/forty four/);
});

test("typed words are answered aloud", async ({ talker }) => {
  const room = await talker(null);
  await room.createAndJoin("Tom");
  await room.type("What is twelve plus seven?");
  await expect(room.finalLines("Tom")).toContainText("What is twelve plus seven?");
  await expect(room.finalLines("Parley").last()).toContainText(/nineteen|19/i, { timeout: 20_000 });
  const heard = await probedAudio(room.page, "agent");
  expect(heard.chunks.some((chunk) => chunk.level > audibleLevel)).toBe(true);
});
