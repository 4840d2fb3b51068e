import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import { describeRemote } from "./remote-description";
import { type ScriptedVoice, startScriptedVoice } from "./testing/scripted-voice";

const voices: ScriptedVoice[] = [];
afterEach(() => {
  for (const voice of voices.splice(0)) voice.close();
});

/** @param answers status and body of each answer, the last of them for ever */
async function ask(answers: [number, object][], address = "ws://HOST", signal?: AbortSignal) {
  const asked: (string | undefined)[] = [];
  const voice = await startScriptedVoice({
    http: (request, response) => {
      asked.push(request.url);
      const [status, body] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [404, {}];
      response.writeHead(status).end(JSON.stringify(body));
    },
  });
  voices.push(voice);
  const clock = new FakeClock();
  const url = new URL(address.replace("HOST", voice.host));
  const settings = { apiKey: null, model: "tts-1", format: "pcm", voices: null } as const;
  const answer = describeRemote(
    { url, ...settings, clock },
    signal ?? new AbortController().signal,
  );
  answer.catch(() => undefined);
  return { answer, asked, clock, host: voice.host };
}

describe("describeRemote", () => {
  it.each([
    ["ws://HOST", "/v1/audio/config"],
    ["ws://HOST/voice/ws/tts/stream", "/voice/v1/audio/config"],
    ["http://HOST/v1/", "/v1/audio/config"],
  ])("asks beside %s", async (address, path) => {
    const { answer, asked } = await ask([[404, {}]], address);
    await answer;
    expect(asked).toEqual([path]);
  });

  it("puts the declared defaults first", async () => {
    const config = {
      engine: "Magpie",
      sample_rate: 22_050,
      voices: ["John", "Aria"],
      default_voice: "Aria",
      languages: ["de", "en"],
      default_language: "en",
    };
    const { answer } = await ask([[200, config]]);
    expect(await answer).toEqual({
      engine: "Magpie",
      sampleRate: 22_050,
      voices: ["Aria", "John"],
      languages: ["en", "de"],
      takesDetails: true,
    });
  });

  it("retries while the machine still loads", async () => {
    const { answer, asked, clock } = await ask([
      [503, {}],
      [200, { engine: "Flite" }],
    ]);
    while (asked.length < 2) await clock.advance(100);
    expect(await answer).toMatchObject({ engine: "Flite" });
  });

  it("gives up after a minute, naming the host", async () => {
    const { answer, asked, clock, host } = await ask([[503, {}]]);
    while (asked.length < 9) await clock.advance(100);
    await expect(answer).rejects.toMatchObject({
      code: "agent-unavailable",
      message: `The voice at ${host} failed (status 503).`,
    });
  });

  it("does not retry a refused key, and ends on an abort", async () => {
    const refused = await ask([[401, {}]]);
    await expect(refused.answer).rejects.toThrow("SYNTHESIZER_API_KEY");
    expect(refused.asked).toHaveLength(1);
    const controller = new AbortController();
    const { answer } = await ask([[503, {}]], "ws://HOST", controller.signal);
    controller.abort();
    await expect(answer).rejects.toBe(controller.signal.reason);
  });
});
