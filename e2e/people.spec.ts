/** People's own voices, heard by the ear that Parley starts with when nothing is set. */
import { joinSamples } from "@parley/audio/join-samples";
import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { loadPeople, type PersonRecording } from "@parley/speech/testing/people";
import { AgentSound } from "./support/agent-sound";
import { startParley, type ParleyInstance } from "./support/parley-instance";
import { secondTestPort } from "./support/port";
import { silence } from "./support/speech";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";

const recordings = loadPeople();

function recordingOf(name: string): PersonRecording {
  const found = recordings.find(({ file }) => file === name);
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
  for (const name of ["ps-0930.wav", "mfa-slow.wav"]) {
    const { words, samples } = recordingOf(name);
    const before = await room.finalLines("Ada").count();
    const sound = await AgentSound.fromNow(room.page);
    await room.play(joinSamples([silence(2_000), samples, silence(1_500)]));
    // A busy machine's browser loses bits of the sound, which may cost a word.
    await room.expectHeard("Ada", words, 0.1, before);
    await room.expectAnswered();
    await sound.expectVoice();
  }
});

test("the transcription endpoint understands people", async ({ request }) => {
  for (const { file, words, samples } of recordings) {
    const wave = Buffer.from(writeWave({ sampleRate: speechRate, samples }));
    const answer = await request.post(
      `http://127.0.0.1:${secondTestPort + 1}/v1/audio/transcriptions`,
      {
        multipart: {
          file: { name: file, mimeType: "audio/wav", buffer: wave },
          model: "any",
        },
      },
    );
    const { text } = (await answer.json()) as { text: string };
    expect(wordErrorRate(words, text), `${file} heard as "${text}"`).toBeLessThanOrEqual(0.2);
  }
});
