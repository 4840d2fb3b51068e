import { AgentSound } from "./support/agent-sound";
import { envelope, envelopeCorrelation } from "./support/envelope";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { downsample } from "./support/speech";
import { expect, test } from "./support/test";

test("a spoken question comes back as a transcript and a voice", async ({ speech, talker }) => {
  const name = "my name is sharon and i live in brazil";
  const question = "what is four times eleven";
  const room = await talker();
  await room.createAndGreet("Sharon");

  await room.say(name, "rms");
  await room.expectHeard("Sharon", name, 0.34);
  await room.expectAnswered();
  const before = await room.finalLines("Sharon").count();
  const sound = await AgentSound.fromNow(room.page);
  await room.say(question, "rms");
  await room.expectHeard("Sharon", question, 0.34, before);

  const answers = room.finalLines("Parley");
  await expect(answers.last()).toContainText(/forty[- ]four|44/i, { timeout: 30_000 });
  await room.expectState("listening");
  await sound.expectVoice(1_000);

  // The same words, synthesised again, must be found in what the browser played.
  const answer = await room.words(answers.last());
  const spoken = envelope(await speech.say(answer, "slt", AbortSignal.timeout(30_000)), speechRate);
  const captured = async () => {
    const { samples, sampleRate } = await sound.recording();
    return downsample(samples, sampleRate / speechRate);
  };
  const likeness = async () => envelopeCorrelation(spoken, envelope(await captured(), speechRate));
  await expect.poll(likeness).toBeGreaterThan(0.8);

  // And a recogniser that never saw the text must read it from the sound.
  await expect.poll(async () => speech.hear(await captured())).toMatch(/forty four/);
});

test("typed words are answered aloud", async ({ talker }) => {
  const room = await talker();
  // The greeting is over, so that what is heard is the answer.
  await room.createAndGreet("Tom");
  const sound = await AgentSound.fromNow(room.page);
  await room.type("What is twelve plus seven?");
  await expect(room.finalLines("Tom")).toContainText("What is twelve plus seven?");
  await expect(room.finalLines("Parley").last()).toContainText(/nineteen|19/i, { timeout: 20_000 });
  await sound.expectVoice();
});
