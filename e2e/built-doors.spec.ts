/** What clients without a browser use, as it was built. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadAudio } from "@parley/speech/testing/audio-fixtures";
import { waveBytes } from "@parley/audio/testing/wave-bytes";
import { testPort } from "./support/port";
import { expect, test } from "./support/test";

const repository = join(import.meta.dirname, "..");
const sentence = "what time is it";

/** A recording as people have them: stereo, 48 kHz. */
function recording(): Uint8Array {
  const fixtures = new URL("../packages/speech/src/transducer/fixtures/audio/", import.meta.url);
  const samples = loadAudio(new URL("time_slt.wav", fixtures));
  const channel = Array.from(samples).flatMap((sample) => Array<number>(3).fill(sample / 32_768));
  return waveBytes({ coding: "pcm16", channels: [channel, channel], sampleRate: 48_000 });
}

test("the transcription endpoint tells words with their times", async ({ request }) => {
  const answer = await request.post(`http://127.0.0.1:${testPort + 1}/v1/audio/transcriptions`, {
    multipart: {
      file: { name: "question.wav", mimeType: "audio/wav", buffer: Buffer.from(recording()) },
      model: "any",
      response_format: "verbose_json",
      "timestamp_granularities[]": "word",
    },
  });
  const { text, words } = (await answer.json()) as {
    text: string;
    words: { word: string; start: number; end: number }[];
  };
  expect(text).toBe(sentence);
  expect(words.map(({ word }) => word)).toEqual(sentence.split(" "));
  expect(words.every(({ start, end }) => start > 0 && end > start)).toBe(true);
});

test("the command line transcribes a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-doors-"));
  try {
    const path = join(folder, "question.wav");
    await writeFile(path, recording());
    const parley = join(repository, "apps", "command-line", "bin", "parley.mjs");
    const words = [parley, "transcribe", "--model", "builtin", "--json", path];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    expect(JSON.parse(stdout)).toMatchObject({ text: sentence, model: "builtin" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
