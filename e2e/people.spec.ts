/** People's own voices, heard by the ear that Parley starts with when nothing is set. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { joinSamples } from "@parley/audio/join-samples";
import {
  peopleFolder,
  readPeopleRecordings,
  type PeopleRecording,
} from "@parley/speech/testing/people-recordings";
import { AgentSound } from "./support/agent-sound";
import { startParley, type ParleyInstance } from "./support/parley-instance";
import { secondTestPort } from "./support/port";
import { silence } from "./support/speech";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";

const recordings = readPeopleRecordings();

function recordingOf(name: string): PeopleRecording {
  const found = recordings.find((recording) => recording.name === name);
  if (found === undefined) throw new TypeError(`no recording ${name}`);
  return found;
}

let parley: ParleyInstance;

test.use({ baseURL: `http://localhost:${secondTestPort}` });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  // Empty is unset: the other tests' Parley hears with another ear.
  parley = await startParley(secondTestPort, { RECOGNIZER_MODEL: "" });
});

test.afterAll(async () => {
  await parley.close();
});

test("a person is understood, and answered aloud", async ({ talker }) => {
  const room = await talker();
  await room.createAndGreet("Ada");
  for (const name of ["ps-0930", "mfa-slow"]) {
    const { words, samples } = recordingOf(name);
    const before = await room.finalLines("Ada").count();
    const sound = await AgentSound.fromNow(room.page);
    await room.play(joinSamples([silence(2_000), samples, silence(1_500)]));
    await room.expectHeard("Ada", words, 0, before);
    await room.expectAnswered();
    await sound.expectVoice();
  }
});

test("the transcription endpoint understands people", async ({ request }) => {
  for (const { name, words } of recordings) {
    const path = join(peopleFolder, `${name}.wav`);
    const answer = await request.post(
      `http://127.0.0.1:${secondTestPort + 1}/v1/audio/transcriptions`,
      {
        multipart: {
          file: { name: "words.wav", mimeType: "audio/wav", buffer: readFileSync(path) },
          model: "any",
        },
      },
    );
    const { text } = (await answer.json()) as { text: string };
    expect(wordErrorRate(words, text), `${name} heard as "${text}"`).toBeLessThanOrEqual(0.2);
  }
});
