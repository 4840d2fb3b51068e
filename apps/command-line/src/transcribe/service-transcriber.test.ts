import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ServiceTranscriber } from "./service-transcriber";

let server: Server;
let url: URL;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
beforeEach(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = new URL(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function soundFile(
  bytes: AsyncIterable<Uint8Array> = Readable.from([Buffer.from("so"), Buffer.from("und")]),
) {
  return { path: 'folder/a "file".wav', size: 5, bytes };
}

function transcribe(file = soundFile(), signal = new AbortController().signal) {
  const transcriber = new ServiceTranscriber({ url, phrases: ["Ada", "Parley"], language: "en" });
  return transcriber.transcribe(file, () => undefined, signal);
}

it("sends OpenAI's form, and reads words with their times", async () => {
  let path: string | undefined;
  let form = "";
  answer = (request, response) => {
    path = request.url;
    const boundary = request.headers["content-type"]?.split("boundary=")[1] ?? "";
    void readText(request).then((body) => {
      form = body.replaceAll(`--${boundary}`, "#").replaceAll("\r\n", "\n");
      const words = [{ word: "hello", start: 0.5, end: 1.25 }];
      response.end(JSON.stringify({ text: "hello", duration: 2, words }));
    });
  };
  expect(await transcribe()).toEqual({
    text: "hello",
    seconds: 2,
    remarks: [],
    tokens: null,
    words: [{ text: "hello", startMs: 500, endMs: 1_250, confidence: null }],
  });
  expect(path).toBe("/v1/audio/transcriptions");
  expect(form.split("#\nContent-Disposition: form-data; ")).toEqual([
    "",
    'name="model"\n\ndefault\n',
    'name="response_format"\n\nverbose_json\n',
    'name="timestamp_granularities[]"\n\nword\n',
    'name="language"\n\nen\n',
    'name="prompt"\n\nAda\nParley\n',
    'name="file"; filename="a _file_.wav"\nContent-Type: application/octet-stream\n\nsound\n#--\n',
  ]);
});

it("reports the service's error", async () => {
  answer = (request, response) => {
    request.resume();
    response.statusCode = 429;
    response.end(JSON.stringify({ error: { message: "4 transcriptions are running already" } }));
  };
  await expect(transcribe()).rejects.toThrow("4 transcriptions are running already");
});

it("rejects an answer that is not a transcription", async () => {
  answer = (request, response) => {
    request.resume();
    response.end("<html>");
  };
  await expect(transcribe()).rejects.toThrow('not a transcription: "<html>"');
});

it("fails with the file's error when reading fails", async () => {
  answer = (request) => {
    request.resume();
  };
  async function* broken() {
    yield await Promise.resolve(Buffer.from("so"));
    throw new Error("the disk is gone");
  }
  await expect(transcribe(soundFile(broken()))).rejects.toThrow("the disk is gone");
});

it("stops when it is interrupted", async () => {
  const controller = new AbortController();
  answer = () => {
    controller.abort(new DOMException("interrupted", "AbortError"));
  };
  await expect(transcribe(soundFile(), controller.signal)).rejects.toMatchObject({
    name: "AbortError",
  });
});

it("takes an answer that comes before the whole file is sent, and is closed upon", async () => {
  let close = () => undefined as unknown;
  answer = ({ socket }) => {
    // Node's own answer would close the connection, which may take the answer with it before anybody
    // has read it.
    const body = JSON.stringify({ text: "early" });
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    close = () => socket.destroy();
  };
  async function* pieces() {
    for (let count = 0; count < 20; count++) {
      yield Buffer.alloc(100_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  expect(await transcribe(soundFile(pieces()))).toMatchObject({ text: "early" });
  close();
  // What the socket tells afterwards harms nobody.
  await new Promise((resolve) => setTimeout(resolve, 50));
});
