import { once } from "node:events";
import { systemClock } from "@parley/shared/async/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { CommandHarness } from "../testing/command-harness";
import { SocketRecognizer } from "./socket-recognizer";

let server: WebSocketServer;
let url: URL;
beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  url = new URL(`ws://127.0.0.1:${port}/`);
});
afterEach(async () => {
  for (const client of server.clients) client.terminate();
  await stop();
});

function stop(): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** A server of the protocol whose words are counts of samples. */
function count(socket: WebSocket): void {
  let samples = 0;
  const send = (fields: object) => {
    socket.send(JSON.stringify({ type: "transcript", text: `${samples} samples`, ...fields }));
  };
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) {
      samples += data.length / 2;
      send({ is_final: false, behind_ms: 320 });
      return;
    }
    const { finalize = true } = JSON.parse(data.toString()) as { finalize?: boolean };
    send({ is_final: true, finalize });
    if (finalize) samples = 0;
  });
  socket.send(JSON.stringify({ type: "something new" }));
  socket.send(JSON.stringify({ type: "ready" }));
}

function recognizer(signal = new AbortController().signal): SocketRecognizer {
  return new SocketRecognizer({ url, clock: systemClock, signal });
}

describe("SocketRecognizer", () => {
  it("requests the words after each write, and starts over after the end", async () => {
    server.on("connection", count);
    const engine = recognizer();
    const stream = await engine.open();
    const writes = [
      stream.write(new Int16Array(10)),
      stream.write(new Int16Array(30).subarray(10)),
    ];
    expect((await Promise.all(writes)).map(({ text }) => text)).toEqual([
      "10 samples",
      "30 samples",
    ]);
    expect((await stream.peekFinal()).text).toBe("30 samples");
    expect(await stream.finish()).toEqual({ text: "30 samples", tokens: [], words: [] });
    expect((await stream.finish()).text).toBe("0 samples");
    await engine.close();
    await expect(stream.write(new Int16Array(1))).rejects.toMatchObject({ code: "invalid-state" });
  });

  it("reports why the engine refuses", async () => {
    server.on("connection", (socket) => {
      socket.send(JSON.stringify({ type: "error", message: "come back later" }));
      socket.close(1013);
    });
    await expect(recognizer().open()).rejects.toThrow("come back later");
  });

  it("rejects pending calls when the connection breaks", async () => {
    server.on("connection", (socket) => {
      socket.send(JSON.stringify({ type: "ready" }));
      socket.on("message", () => {
        socket.close(1011, "gone");
      });
    });
    const stream = await recognizer().open();
    const failure = {
      code: "agent-unavailable",
      message: "the engine closed the connection: gone (1011)",
    };
    await expect(stream.write(new Int16Array(1))).rejects.toMatchObject(failure);
    await expect(stream.finish()).rejects.toMatchObject(failure);
  });

  it("stops waiting for a silent server when it is aborted", async () => {
    const controller = new AbortController();
    server.on("connection", () => {
      controller.abort(new DOMException("interrupted", "AbortError"));
    });
    await expect(recognizer(controller.signal).open()).rejects.toThrow("interrupted");
  });
});

describe("parley transcribe --url ws://…", () => {
  it("prints the text without times, which the protocol lacks", async () => {
    server.on("connection", count);
    const harness = new CommandHarness();
    harness.parts = {
      decodeAudio: async function* () {
        yield await Promise.resolve(new Int16Array(16_000));
        yield new Int16Array(8_000);
      },
    };
    const words = ["transcribe", "--json", "--url", url.href, import.meta.filename];
    expect(await harness.run(...words)).toBe(0);
    const document: unknown = JSON.parse(harness.output.text);
    expect(document).toEqual({
      file: import.meta.filename,
      text: "24000 samples",
      model: url.href,
      duration: 1.5,
      real_time_factor: expect.any(Number) as number,
    });
    expect(await harness.run("transcribe", "--srt", "--url", url.href, import.meta.filename)).toBe(
      1,
    );
    expect(harness.errors.text).toContain("subtitles need word times");
  });

  it("fails with one line when nothing answers", async () => {
    await stop();
    const harness = new CommandHarness();
    expect(await harness.run("transcribe", "--url", url.href, import.meta.filename)).toBe(1);
    expect(harness.errors.text).toBe(
      `parley: ${import.meta.filename}: ${url.href}: nothing answers at this address\n`,
    );
  });
});
