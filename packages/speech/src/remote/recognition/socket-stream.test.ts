import { systemClock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { Recognizer } from "../../contracts/recognizer";
import { LastingRecognizer } from "../../recognition/lasting-recognizer";
import { scriptedRecognizer, WordCode, wordRecognizer } from "../../testing/scripted-models";
import { VoiceBotEar } from "../testing/voice-bot-ear";
import { RemoteRecognizerHost } from "./remote-recognizer-host";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";

const code = new WordCode();
const wordSamples = 3_200;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function spoken(text: string): Int16Array {
  const words = text.split(" ");
  const samples = new Int16Array(words.length * wordSamples);
  for (const [index, word] of words.entries()) {
    samples.fill(code.sampleOf(word), index * wordSamples, (index + 1) * wordSamples);
  }
  return samples;
}

async function startBot(recognizer: Recognizer = wordRecognizer(code)): Promise<VoiceBotEar> {
  const bot = new VoiceBotEar(recognizer);
  await bot.start();
  closers.push(() => bot.stop());
  return bot;
}

function settingsFor({ url }: VoiceBotEar): RemoteRecognizerSettings {
  return { url, apiKey: "secret", model: "", language: null, clock: systemClock };
}

async function open(bot: VoiceBotEar): Promise<LastingRecognizer> {
  const recognizer = new LastingRecognizer(await RemoteRecognizerHost.open(settingsFor(bot)));
  closers.push(() => recognizer.close());
  return recognizer;
}

describe("a speaker at the voice bot's WebSocket", () => {
  it("is known by the host, and brings the key", async () => {
    const bot = await startBot();
    const recognizer = await open(bot);
    expect(recognizer.name).toBe(`Recogniser at ${bot.url.host}`);
    expect(bot.keys).toEqual(["Bearer secret"]);
  });

  it("settles by a soft reset after the silence that the model waits for, and only once", async () => {
    const bot = await startBot();
    const stream = await (await open(bot)).open();
    await stream.write(spoken("hello there"));
    expect((await stream.peekFinal()).text).toBe("hello there");
    expect((await stream.peekFinal()).text).toBe("hello there");
    expect(bot.received).toEqual(["sound", "sound", "soft reset"]);
    expect(bot.heardMs).toBe(400 + 320);
    await stream.write(spoken("world"));
    expect((await stream.finish()).text).toBe("hello there world");
    expect(bot.received.at(-1)).toBe("hard reset");
  });

  it("shows words as they come", async () => {
    const stream = await (await open(await startBot())).open();
    await stream.write(spoken("hello there"));
    await stream.peekFinal();
    expect(await stream.write(new Int16Array(160))).toEqual({
      text: "hello there",
      endings: [],
      behindMs: 0,
    });
  });

  it("asks every two seconds how far the server is, and waits when it is far behind", async () => {
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const words = wordRecognizer(code);
    const slow = scriptedRecognizer({
      open: async (options) => {
        const stream = await words.open(options);
        return { ...stream, write: (samples) => gate.then(() => stream.write(samples)) };
      },
    });
    const bot = await startBot(slow);
    const stream = await (await open(bot)).open();
    const second = new Int16Array(16_000);
    const partials = [];
    for (let index = 0; index < 10; index++) partials.push(await stream.write(second));
    expect(partials.at(-1)?.behindMs).toBe(10_000);
    let isWritten = false;
    const tooMuch = stream.write(new Int16Array(32_000)).then((partial) => {
      isWritten = true;
      return partial;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isWritten).toBe(false);
    goOn();
    expect((await tooMuch).behindMs).toBe(0);
  });

  it("loses nothing when the connection breaks within a turn", async () => {
    const bot = await startBot();
    const stream = await (await open(bot)).open();
    await stream.write(spoken("one two"));
    bot.drop();
    await stream.write(spoken("three"));
    expect((await stream.finish()).text).toBe("one two three");
  });

  it("loses nothing while the server is away, and tries again until it is back", async () => {
    const bot = await startBot();
    const stream = await (await open(bot)).open();
    await stream.write(spoken("one two"));
    await bot.stop();
    const writing = stream.write(spoken("three"));
    const settling = stream.peekFinal();
    await systemClock.delay(250);
    await bot.start();
    await writing;
    expect((await settling).text).toBe("one two three");
  });

  it("replays nothing from before the last reset", async () => {
    const bot = await startBot();
    const stream = await (await open(bot)).open();
    await stream.write(spoken("one"));
    await stream.reset();
    bot.drop();
    await stream.write(spoken("two"));
    expect((await stream.finish()).text).toBe("two");
  });

  it("hands on that the server has no room, without asking again", async () => {
    const bot = await startBot();
    const recognizer = await open(bot);
    const full = new AppError("at-capacity", "full", { isRetryable: true });
    bot.refusal = full;
    await expect(recognizer.open()).rejects.toMatchObject({ code: "at-capacity" });
    expect(bot.keys).toHaveLength(2);
  });

  it("begins without `ready` after five seconds, as the bot's own client does", async () => {
    const bot = await startBot(scriptedRecognizer({ open: () => new Promise(() => undefined) }));
    const clock = new FakeClock();
    const opening = RemoteRecognizerHost.open({ ...settingsFor(bot), clock });
    while (bot.keys.length === 0) await systemClock.delay(5);
    await systemClock.delay(50);
    await clock.advance(5_000);
    const host = await opening;
    expect(host.name).toContain("Recogniser at");
    await host.close();
  });

  it("gives up at once when nobody waits any more", async () => {
    const bot = await startBot();
    const settings = settingsFor(bot);
    await bot.stop();
    const controller = new AbortController();
    const opening = RemoteRecognizerHost.open(settings, controller.signal);
    controller.abort();
    await expect(opening).rejects.toBe(controller.signal.reason);
  });
});
