import { expect, it } from "vitest";
import { openSpeechEngines } from "@parley/speech/engines/speech-engines";
import { findModelsDirectory } from "@parley/models/models-directory";
import { readWave } from "@parley/audio/wave/read-wave";
import { startSynthesisServer } from "../../testing/synthesis-server";

it("speaks words, over HTTP, that the recogniser understands", async () => {
  const { signal } = new AbortController();
  const engines = await openSpeechEngines({ modelsDirectory: findModelsDirectory(), signal });
  const server = await startSynthesisServer(engines.synthesizer);
  try {
    const response = await fetch(`${server.url}/v1/audio/speech`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ input: "What time is it?", voice: "RMS", response_format: "wav" }),
    });
    expect(response.headers.get("content-type")).toBe("audio/wav");
    const { sampleRate, samples } = readWave(new Uint8Array(await response.arrayBuffer()));
    expect(sampleRate).toBe(16_000);
    const stream = await engines.recognizer.open();
    for (const piece of [new Int16Array(4_800), samples]) await stream.write(piece);
    expect((await stream.finish()).text).toBe("what time is it");
  } finally {
    await server.close();
    await engines.close();
  }
});
