import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readEnvironment } from "./environment";
import { startInference } from "./inference-server";
import type { InferenceLog } from "./composition/inference-log";

const never = new AbortController().signal;
const recording = new URL(
  "../../../packages/speech/src/testing/people/ps-0930.wav",
  import.meta.url,
);

function environmentOf(variables: Record<string, string> = {}) {
  const PARLEY_DATA = join(tmpdir(), `parley-inference-${process.pid}`);
  return readEnvironment({ INFERENCE_PORT: "0", PARLEY_DATA, ...variables });
}

/** A log that keeps the fields of each message. */
function recordingLog() {
  const messages = new Map<string, object>();
  const keep = (fields: object, message: string) => {
    messages.set(message, fields);
  };
  const log: InferenceLog = { debug: keep, info: keep, warn: keep, error: keep };
  const portOf = () => (messages.get("listening") as { port: number }).port;
  return { log, messages, portOf };
}

it("hears people and speaks through its endpoints until it is closed", async () => {
  const { log, messages } = recordingLog();
  const server = await startInference(environmentOf(), log, never);
  const url = `http://127.0.0.1:${server.port}`;
  try {
    expect(messages.get("ready")).toEqual({
      recognizer: "Moonshine Tiny (English)",
      synthesizer: "Flite",
      chatModel: "scripted brain",
    });
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    const form = new FormData();
    form.append("file", new Blob([await readFile(recording)]), "person.wav");
    form.append("model", "default");
    const heard = await fetch(`${url}/v1/audio/transcriptions`, { method: "POST", body: form });
    expect(await heard.json()).toMatchObject({
      text: "He might even have been made amiable himself.",
    });
    const spoken = await fetch(`${url}/v1/audio/speech`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "default", input: "It is noon.", response_format: "wav" }),
    });
    expect((await spoken.arrayBuffer()).byteLength).toBeGreaterThan(8_000);
    expect(await (await fetch(`${url}/api/models`)).json()).toMatchObject({
      models: expect.any(Array) as unknown,
    });
  } finally {
    await server.close();
  }
  await server.close();
  await expect(fetch(`${url}/health`)).rejects.toThrow("fetch failed");
});

it("rejects with the reason, and leaves no port open, when a model is not there", async () => {
  const { log, portOf } = recordingLog();
  const environment = environmentOf({ RECOGNIZER_MODEL: "./nowhere" });
  await expect(startInference(environment, log, never)).rejects.toThrow("nowhere");
  await expect(fetch(`http://127.0.0.1:${portOf()}/health`)).rejects.toThrow("fetch failed");
});

it("rejects a voice that the synthesiser does not have", async () => {
  const { log } = recordingLog();
  const environment = environmentOf({ AGENT_VOICE: "nobody" });
  await expect(startInference(environment, log, never)).rejects.toThrow("AGENT_VOICE nobody");
});

it("gives up the start when aborted", async () => {
  const controller = new AbortController();
  const { log, portOf } = recordingLog();
  const starting = startInference(environmentOf(), log, controller.signal);
  controller.abort();
  await expect(starting).rejects.toBe(controller.signal.reason);
  await expect(fetch(`http://127.0.0.1:${portOf()}/health`)).rejects.toThrow("fetch failed");
});
