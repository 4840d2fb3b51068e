import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "@parley/shared/async/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecognizerStream } from "../../contracts/recognizer";
import { LastingRecognizer } from "../../recognition/lasting-recognizer";
import { RemoteRecognizerHost } from "./remote-recognizer-host";

const waveHeadBytes = 44;

type Form = { fields: Map<string, string>; soundBytes: number; key: string | undefined };

let server: Server;
let forms: Form[];
let answer: (form: Form, response: ServerResponse) => void;
let recognizer: LastingRecognizer | null = null;

beforeEach(async () => {
  forms = [];
  answer = ({ soundBytes }, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ text: ` ${soundBytes / 2} samples ` }));
  };
  server = createServer((request, response) => {
    void readForm(request).then((form) => {
      forms.push(form);
      answer(form, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});

afterEach(async () => {
  await recognizer?.close();
  recognizer = null;
  server.closeAllConnections();
  server.close();
});

async function readForm(request: IncomingMessage): Promise<Form> {
  const type = request.headers["content-type"] ?? "";
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array);
  const boundary = /boundary=(.+)$/u.exec(type)?.[1] ?? "";
  const parts = Buffer.concat(pieces).toString("latin1").split(`--${boundary}`).slice(1, -1);
  const fields = new Map<string, string>();
  let soundBytes = 0;
  for (const part of parts) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const value = rest.join("\r\n\r\n").slice(0, -"\r\n".length);
    if (head.includes("filename=")) soundBytes = value.length - waveHeadBytes;
    else fields.set(/name="([^"]+)"/u.exec(head)?.[1] ?? "", value);
  }
  return { fields, soundBytes, key: request.headers.authorization };
}

async function open(): Promise<RecognizerStream> {
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}/v1`);
  const settings = { url, apiKey: "secret", model: "", language: "de-DE", clock: systemClock };
  recognizer = new LastingRecognizer(await RemoteRecognizerHost.open(settings));
  const stream = await recognizer.open({ phrases: ["Parley", "Ada"] });
  forms.length = 0;
  return stream;
}

describe("OpenAI's transcriptions", () => {
  it("are asked for once a turn, with the sound, names and language", async () => {
    const stream = await open();
    expect((await stream.write(new Int16Array(100))).text).toBe("");
    await stream.write(new Int16Array(50));
    expect(await stream.finish()).toEqual({ text: "150 samples", tokens: [], words: [] });
    expect(forms).toHaveLength(1);
    expect(Object.fromEntries(forms[0]!.fields)).toEqual({
      model: "whisper-1",
      response_format: "json",
      language: "de",
      prompt: "Parley, Ada",
    });
    expect(forms[0]!.key).toBe("Bearer secret");
  });

  it("are asked for at each pause, and not again before there is more sound", async () => {
    const stream = await open();
    await stream.write(new Int16Array(100));
    expect((await stream.peekFinal()).text).toBe("100 samples");
    expect((await stream.peekFinal()).text).toBe("100 samples");
    expect((await stream.write(new Int16Array(20))).text).toBe("100 samples");
    expect((await stream.finish()).text).toBe("120 samples");
    expect(forms).toHaveLength(2);
  });

  it("take a turn of more than five minutes in pieces", async () => {
    const stream = await open();
    await stream.write(new Int16Array(300 * 16_000 + 7));
    expect((await stream.finish()).text).toBe("4800000 samples 7 samples");
  });

  it("lose nothing while the server is away or busy for a moment", async () => {
    const stream = await open();
    const usual = answer;
    answer = (form, response) => {
      if (forms.length === 1) response.destroy();
      else if (forms.length === 2) response.writeHead(503).end();
      else usual(form, response);
    };
    await stream.write(new Int16Array(100));
    expect((await stream.peekFinal()).text).toBe("100 samples");
  });

  it("tell at once of a refusal that no waiting helps", async () => {
    const stream = await open();
    answer = (_form, response) => response.writeHead(401).end();
    await stream.write(new Int16Array(100));
    await expect(stream.peekFinal()).rejects.toMatchObject({
      code: "agent-unavailable",
      message: expect.stringContaining("RECOGNIZER_API_KEY") as string,
    });
    expect(forms).toHaveLength(1);
  });

  it("end with the stream", async () => {
    const stream = await open();
    answer = () => {
      stream.close();
    };
    await stream.write(new Int16Array(100));
    await expect(stream.peekFinal()).rejects.toMatchObject({ code: "invalid-state" });
  });
});
