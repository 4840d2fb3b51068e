import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { sendRequest } from "../clients/send-request";
import { atMost, type Scene } from "../scene";

const bodies = 200;
/** A byte in this time keeps a connection from looking idle. */
const byteEveryMs = 1_000;
/** Two checks of 5 s, and what a busy machine adds. */
const longestMs = 15_000;
const boundary = "b";
const type = `multipart/form-data; boundary=${boundary}`;
const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n`;

/** Uploads of sound that bring one byte a second. */
export const slowBodies: Scene = {
  name: "slow-bodies",
  about: "200 uploads to transcriptions that bring a byte a second, from one address",
  async run({ inferencePort }) {
    const startMs = performance.now();
    const slow = Array.from({ length: bodies }, () => openSlowBody(inferencePort, "127.0.74.1"));
    await delay(1_000);
    const honest = await sendRequest({
      port: inferencePort,
      from: "127.0.74.2",
      path: "/v1/audio/transcriptions",
      method: "POST",
      headers: { "content-type": type },
      body: honestUpload(),
    });
    const lasted = await Promise.race([
      Promise.all(slow.map(({ ended }) => ended)).then(() => performance.now() - startMs),
      delay(2 * longestMs, Infinity),
    ]);
    for (const { socket } of slow) socket.destroy();
    return {
      expectations: [
        {
          wanted: "an honest upload of another address is answered meanwhile: 200",
          found: `${honest.status} after ${Math.round(honest.passedMs)} ms`,
          holds: honest.status === 200,
        },
        atMost("slow bodies last", lasted, longestMs, " ms"),
      ],
    };
  },
};

function openSlowBody(port: number, from: string): { socket: Socket; ended: Promise<void> } {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  socket.write(
    `POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\n` +
      `Content-Length: 1000000\r\n\r\n${head}`,
  );
  const timer = setInterval(() => socket.write("x"), byteEveryMs);
  socket.on("error", () => undefined);
  socket.resume();
  const ended = new Promise<void>((resolve) => {
    socket.on("close", () => {
      clearInterval(timer);
      resolve();
    });
  });
  return { socket, ended };
}

/** A second of silence. */
function honestUpload(): Uint8Array {
  const samples = new Int16Array(speechRate);
  const wave = writeWave({ sampleRate: speechRate, samples });
  return Buffer.concat([Buffer.from(head), wave, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
