import { writeWave } from "@parley/audio/wave/write-wave";
import { startRecognitionServer } from "@parley/inference/testing/recognition-server";
import { WordCode, wordRecognizer } from "@parley/speech/testing/scripted-models";
import fc from "fast-check";
import { z } from "zod";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes } from "../inputs/mutated-bytes";

const boundary = "fuzz";
const wave = writeWave({ sampleRate: 16_000, samples: new Int16Array(1_600).fill(7) });

function part(head: string, body: Uint8Array | string): Buffer {
  const disposition = `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`;
  return Buffer.concat([Buffer.from(disposition), Buffer.from(body), Buffer.from("\r\n")]);
}

const end = Buffer.from(`--${boundary}--\r\n`);
const file = part('name="file"; filename="a.wav"', wave);
const forms = [
  Buffer.concat([file, part('name="stream"', "true"), end]),
  Buffer.concat([part('name="stream"', "1"), part('name="language"', "en"), file, end]),
  Buffer.concat([
    part('name="response_format"', "verbose_json"),
    part('name="timestamp_granularities[0]"', "word"),
    part('name="file"; filename="a.ulaw"\r\ncontent-type: audio/PCMU', wave.subarray(44)),
    end,
  ]),
];
const types = [
  ...["multipart/form-data; boundary=fuzz", 'multipart/form-data; boundary="fuzz"'],
  ...[
    "multipart/form-data",
    "multipart/mixed; boundary=fuzz",
    "text/plain",
    "multipart/form-data;;",
  ],
];

const refusal = z.object({ error: z.object({ code: z.string().nullable(), message: z.string() }) });

export const transcriptionUpload = fuzzTarget({
  name: "transcription-upload",
  about: "forms with sound files, whole and streamed",
  inputs: fc.record({
    body: mutatedBytes(...forms),
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constant(types[0] ?? "") },
      fc.constantFrom(...types),
    ),
  }),
  open: async () => {
    const server = await startRecognitionServer(wordRecognizer(new WordCode()), { maxClients: 64 });
    const post = (type: string, body: Uint8Array) =>
      fetch(server.transcriptionsUrl, {
        method: "POST",
        headers: { "content-type": type },
        body: Uint8Array.from(body),
      });
    return {
      check: async ({ body, type }) => {
        const response = await post(type, body);
        const text = await response.text();
        if (response.status >= 500 || text.includes('"internal"')) {
          throw new Error(`status ${response.status}: ${text.slice(0, 200)}`);
        }
        if (response.status >= 400) refusal.parse(JSON.parse(text));
        const honest = await post(types[0] ?? "", forms[2] ?? end);
        await honest.arrayBuffer();
        if (honest.status !== 200) throw new Error(`another client got ${honest.status}`);
      },
      close: () => server.close(),
    };
  },
});
