import { expect, it } from "vitest";
import { openSpeech } from "@parley/speech/engines/open-speech";
import { conversationTransducer } from "@parley/speech/engines/recognizer-choice";
import { builtinModel } from "@parley/speech/testing/builtin-model";
import { readWave } from "@parley/audio/wave/read-wave";
import { startSynthesisServer } from "../../testing/synthesis-server";

it("speaks words, over HTTP, that the recogniser understands", async () => {
  const { signal } = new AbortController();
  const recognizer = conversationTransducer({ model: builtinModel });
  const speech = await openSpeech({ recognizer, voice: { type: "flite" } }, signal);
  const server = await startSynthesisServer(speech.synthesizer);
  try {
    const response = await fetch(`${server.url}/v1/audio/speech`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ input: "What time is it?", voice: "RMS", response_format: "wav" }),
    });
    expect(response.headers.get("content-type")).toBe("audio/wav");
    const { sampleRate, samples } = readWave(new Uint8Array(await response.arrayBuffer()));
    expect(sampleRate).toBe(16_000);
    const stream = await speech.recognizer.open();
    for (const piece of [new Int16Array(4_800), samples]) await stream.write(piece);
    expect((await stream.finish()).text).toBe("what time is it");
  } finally {
    await server.close();
    await speech.close();
  }
});
