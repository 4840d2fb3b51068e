import { executionProviders } from "@parley/speech/runtime/execution-providers";
import { expect, it } from "vitest";
import { readEnvironment } from "./environment";

it("has a default for everything", () => {
  expect(readEnvironment({ INFERENCE_PORT: "" })).toMatchObject({
    INFERENCE_HOST: "127.0.0.1",
    INFERENCE_PORT: 8_080,
    SENTENCE_PAUSE_MS: 250,
  });
});

it("reads numbers, addresses and JSON", () => {
  const environment = readEnvironment({
    INFERENCE_PORT: "9000",
    LLM_BASE_URL: "http://localhost:8000/v1",
    LLM_EXTRA_BODY: '{"chat_template_kwargs":{"enable_thinking":false}}',
    SYNTHESIZER_URL: "wss://voice.example",
    SYNTHESIZER_REMOTE_VOICES: "aria, leo",
    INFERENCE_ORIGINS: "https://Talk.example.org/room, http://localhost:3000",
  });
  expect(environment.INFERENCE_ORIGINS).toEqual([
    "https://talk.example.org",
    "http://localhost:3000",
  ]);
  expect(environment.SYNTHESIZER_REMOTE_VOICES).toEqual(["aria", "leo"]);
  expect(environment.INFERENCE_PORT).toBe(9_000);
  expect(environment.LLM_EXTRA_BODY).toEqual({ chat_template_kwargs: { enable_thinking: false } });
});

it("lets every provider be chosen that the engine knows", () => {
  const RECOGNIZER_PROVIDERS = executionProviders.join(",");
  const environment = readEnvironment({ RECOGNIZER_PROVIDERS });
  expect(environment.RECOGNIZER_PROVIDERS).toEqual(executionProviders);
});

it.each([
  { INFERENCE_PORT: "high" },
  { LLM_BASE_URL: "somewhere" },
  { LLM_EXTRA_BODY: "{" },
  { LOG_LEVEL: "loud" },
  { RECOGNIZER_PROVIDERS: "cpu,abacus" },
  { RIGHT_CONTEXT: "-1" },
  { INFERENCE_ORIGINS: "talk.example.org" },
  { SYNTHESIZER_URL: "ftp://voice.example" },
  { SYNTHESIZER_REMOTE_VOICES: "aria,,leo" },
  { SYNTHESIZER_URL: "ws://voice.example", SYNTHESIZER_MODEL: "magpie" },
])("names the variable that is off: %o", (variables) => {
  const [name] = Object.keys(variables);
  expect(() => readEnvironment(variables)).toThrow(name);
});
