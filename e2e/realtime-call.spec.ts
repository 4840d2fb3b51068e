import { joinSamples } from "@parley/audio/join-samples";
import { ChatServer, chunk, done, end, streamed } from "@parley/inference/testing/chat-server";
import { speechRate } from "@parley/shared/audio/speech-rate";
import type { Browser } from "@playwright/test";
import { build } from "esbuild";
import { AgentSound } from "./support/agent-sound";
import { installAudioProbe } from "./support/audio-probe";
import { launchBrowser } from "./support/browser";
import { CallPage } from "./support/call-page/call-page";
import { serveCallPage } from "./support/call-page/call-page-server";
import { installPageMicrophone, sayInto } from "./support/call-page/page-microphone";
import { startParley, type ParleyInstance } from "./support/parley-instance";
import { secondTestPort } from "./support/port";
import { downsample, silence, type Speech } from "./support/speech";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";
import { z } from "zod";

const pagePort = secondTestPort + 2;
const pageAddress = `http://localhost:${pagePort}`;
const inferenceKey = "a-key-of-both-servers";
const story =
  "Once upon a time there was a king who had three sons, and each of them wanted to see the world, " +
  "and so the oldest took his horse and rode away, and came to a forest that was dark and deep.";

/** Calls the page's function where it is offered, and tells what came of it. */
const answers: ConstructorParameters<typeof ChatServer>[0] = (response, body, request) => {
  const told = JSON.stringify(body.messages);
  const call = { index: 0, id: "a", function: { name: "weather", arguments: '{"city":"Paris"}' } };
  const hasFunction = JSON.stringify(body.tools ?? []).includes("weather");
  const isTold = told.includes("eighteen degrees");
  if (hasFunction && !isTold) {
    streamed(chunk({ tool_calls: [call] }), chunk({}, "tool_calls"), done)(response, body, request);
    return;
  }
  const last = JSON.stringify(body.messages.at(-1));
  const content = isTold
    ? "It is eighteen degrees."
    : last.includes("story")
      ? story
      : "The answer is forty four.";
  streamed(chunk({ content }), end)(response, body, request);
};

let chat: ChatServer;
let parley: ParleyInstance;
let endPage: () => Promise<void>;
let browser: Browser;

test.describe.configure({ timeout: 240_000 });
test.beforeAll(async () => {
  test.setTimeout(600_000);
  chat = await new ChatServer(answers).start();
  parley = await startParley(secondTestPort, {
    LLM_BASE_URL: chat.url,
    LLM_MODEL: "small",
    INFERENCE_ORIGINS: pageAddress,
    INFERENCE_KEY: inferenceKey,
  });
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/support/call-page/agents-page.ts`],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
  });
  endPage = await serveCallPage({
    port: pagePort,
    script: outputFiles[0]?.text ?? "",
    address: parley.address.replace(/\/$/u, ""),
    session: {
      type: "realtime",
      model: "gpt-realtime",
      audio: { input: { transcription: { model: "whisper-1" } }, output: { voice: "marin" } },
    },
  });
  browser = await launchBrowser(null);
});
test.afterAll(async () => {
  await browser.close();
  await endPage();
  await parley.close();
  chat.close();
});

async function openCall(): Promise<CallPage> {
  const page = await browser.newPage();
  await installAudioProbe(page);
  await installPageMicrophone(page);
  const call = new CallPage(page);
  expect(await call.open(pageAddress)).toEqual({
    status: 201,
    location: expect.stringMatching(/^\/v1\/realtime\/calls\/rtc_[\w-]{22}$/u),
  });
  await call.until("session.created");
  return call;
}

async function say(call: CallPage, speech: Speech, text: string): Promise<void> {
  const words = await speech.say(text, "rms", AbortSignal.timeout(30_000));
  await sayInto(call.page, joinSamples([silence(500), words, silence(200)]));
}

/** Waits until a recogniser that never saw the text reads it, or nearly, from the sound. */
async function expectSpoken(sound: AgentSound, speech: Speech, text: string): Promise<void> {
  const rate = async () => wordErrorRate(text, await wordsOf(sound, speech));
  // For what takes seconds of computing, on a busy machine.
  const options = { message: `word error rate of "${text}"`, timeout: 60_000 };
  await expect.poll(rate, options).toBeLessThanOrEqual(0.34);
}

async function wordsOf(sound: AgentSound, speech: Speech): Promise<string> {
  const { samples, sampleRate } = await sound.recording();
  const heard = downsample(samples, sampleRate / speechRate);
  const isLoud = (sample: number) => Math.abs(sample) > 300;
  // Silence around it would only take time.
  const from = Math.max(0, heard.findIndex(isLoud) - marginSamples);
  return speech.hear(heard.slice(from, heard.findLastIndex(isLoud) + marginSamples));
}
const marginSamples = speechRate / 2;

test("a page of another site asks by voice, and hears the answer", async ({ speech }) => {
  const call = await openCall();
  const sound = await AgentSound.fromNow(call.page);
  await say(call, speech, "what is four times eleven");
  await call.until("conversation.item.input_audio_transcription.completed");
  await call.until("output_audio_buffer.started");
  await call.until("output_audio_buffer.stopped");
  await sound.expectVoice();
  await expectSpoken(sound, speech, "the answer is forty four");
  const types = (await call.events()).map(({ type }) => type);
  expect(types).not.toContain("response.output_audio.delta");
  expect(types).not.toContain("error");
  expect(types).toContain("response.output_audio_transcript.done");
  await call.page.close();
});

test("speech over the answer silences it, and what was heard is remembered", async ({ speech }) => {
  const call = await openCall();
  const sound = await AgentSound.fromNow(call.page);
  await say(call, speech, "please tell me a story");
  await call.until("output_audio_buffer.started");
  await sound.expectVoice(1_500);
  const before = (await call.events()).length;
  await say(call, speech, "thank you that is enough for now");
  const cleared = await call.until("output_audio_buffer.cleared", before);
  const truncated = await call.until("conversation.item.truncated", before);
  expect(truncated.audio_end_ms).toBeGreaterThan(1_000);
  expect(truncated.audio_end_ms).toBeLessThan(10_000);
  const next = await call.until("output_audio_buffer.started", before);
  const silentMs = next.receivedAtMs - cleared.receivedAtMs;
  expect(silentMs).toBeGreaterThan(400);
  // The browser's own buffer, and a busy machine.
  expect(await call.audibleMs(cleared.receivedAtMs + 300, next.receivedAtMs)).toBeLessThan(100);
  await call.page.close();
});

test("the page's function is called, and its result is spoken", async ({ speech }) => {
  const call = await openCall();
  const sound = await AgentSound.fromNow(call.page);
  const parameters = { type: "object", properties: { city: { type: "string" } } };
  const tools = [{ type: "function", name: "weather", description: "Of a city", parameters }];
  await call.send({ type: "session.update", session: { type: "realtime", tools } });
  await call.until("session.updated");
  await say(call, speech, "what is the weather in paris");
  const asked = await call.until("response.function_call_arguments.done");
  expect(asked).toMatchObject({ name: "weather", arguments: '{"city":"Paris"}' });
  await call.until("response.done");
  const item = {
    type: "function_call_output",
    call_id: asked.call_id,
    output: "eighteen degrees",
  };
  await call.send({ type: "conversation.item.create", item });
  await call.send({ type: "response.create" });
  await call.until("output_audio_buffer.stopped");
  await expectSpoken(sound, speech, "it is eighteen degrees");
  await call.page.close();
});

test("a page of agents-realtime's has its function called, and hears the answer", async ({
  speech,
}) => {
  const page = await browser.newPage();
  await installAudioProbe(page);
  await installPageMicrophone(page);
  await page.goto(`${pageAddress}/agents`);
  await page.waitForFunction(() => globalThis.agents !== undefined, null, { timeout: 30_000 });
  const sound = await AgentSound.fromNow(page);
  await page.evaluate(() => globalThis.agents?.say("What is the weather in Paris?"));
  await expectSpoken(sound, speech, "it is eighteen degrees");
  const made = await page.evaluate(() => {
    const { calls = [], errors = [] } = globalThis.agents ?? {};
    return { calls, errors };
  });
  expect(made).toEqual({ calls: ["Paris"], errors: [] });
  await page.close();
});

test("a call that its page leaves, or hangs up, ends at inference too", async ({ request }) => {
  const worker = `http://127.0.0.1:${secondTestPort + 1}/api/worker`;
  const headers = { authorization: `Bearer ${inferenceKey}` };
  const load = async () => {
    const card: unknown = await (await request.get(worker, { headers })).json();
    return z.object({ load: z.number() }).parse(card).load;
  };
  // Pages that are closed tell nobody, and are missed after a while.
  await expect.poll(load, { timeout: 60_000 }).toBe(0);
  const first = await openCall();
  const second = await openCall();
  const location = await second.page.evaluate(() => globalThis.call?.location ?? "");
  const isOver = (call: CallPage) =>
    call.page.evaluate(() => globalThis.call?.dc.readyState !== "open");
  expect(await isOver(second)).toBe(false);
  expect(await load()).toBeGreaterThan(0);
  await first.page.evaluate(() => {
    globalThis.call?.pc.close();
  });
  const hangUp = `${parley.address.replace(/\/$/u, "")}${location}/hangup`;
  expect((await request.post(hangUp)).status()).toBe(200);
  await expect.poll(() => isOver(second)).toBe(true);
  expect((await request.post(hangUp)).status()).toBe(404);
  await expect.poll(load).toBe(0);
  await first.page.close();
  await second.page.close();
});
