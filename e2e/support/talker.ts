import { writeFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { writeWave } from "@parley/audio/wave/write-wave";
import { RoomPage } from "./room-page";
import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { silence, type Speech } from "./speech";
import { wordErrorRate } from "./word-error-rate";

/** Device names are Chromium's own; the system's choice is the first one of its three. */
const devices = ["Fake Audio Input 1", "System default"] as const;

/**
 * Silence before what is said, in ms: the browser's noise suppression and gain control start anew
 * with each microphone and would swallow a first word.
 */
const leadMs = 2_000;

/** Silence after it, in ms: longer than the longest that a turn waits for more words. */
const trailMs = 1_500;

/** A person in a room: reads the page, and speaks into its microphone when the test says so. */
export class Talker extends RoomPage {
  readonly #speech: Speech;
  readonly #microphone: string;
  #utterances = 0;

  /** @param parts.microphone path of the WAV that the browser's microphones play */
  constructor(page: Page, parts: { speech: Speech; microphone: string }) {
    super(page);
    this.#speech = parts.speech;
    this.#microphone = parts.microphone;
  }

  /** Makes a room, and stays silent until the agent has said hello. */
  async createAndGreet(name: string): Promise<void> {
    await this.createAndJoin(name);
    await this.expectAnswered();
  }

  /** Waits until the agent has said all that it has to say to the last line. */
  async expectAnswered(): Promise<void> {
    const complete = this.finalLines("Parley").filter({ hasNotText: "cut short" });
    const last = this.transcript.locator("li").last();
    await expect(last.and(complete)).toBeVisible({ timeout: 30_000 });
    await this.expectState("listening");
  }

  /**
   * Waits until the agent's ear has made these words, or nearly, of what this person said.
   *
   * @param rate the highest word error rate
   * @param from how many of the person's lines came before
   */
  async expectHeard(speaker: string, text: string, rate: number, from = 0): Promise<void> {
    await expect
      .poll(async () => wordErrorRate(text, await this.wordsOf(speaker, from)), {
        message: `word error rate of "${text}"`,
        timeout: 40_000,
      })
      .toBeLessThanOrEqual(rate);
  }

  /**
   * Says something now; it is all said when this resolves.
   *
   * @param voice rms, awb or kal16 for people; slt is the agent's own
   * @param silenceMs before the first word
   */
  async say(text: string, voice: string, silenceMs = leadMs): Promise<void> {
    const words = await this.#speech.say(text, voice, AbortSignal.timeout(30_000));
    await this.play(joinSamples([silence(silenceMs), words, silence(trailMs)]));
  }

  /**
   * Plays a recording into the microphone now, and waits until it has passed.
   *
   * Chromium's fake microphones read their WAV anew each time when one of them is opened. So the
   * page is told, as people tell it, to take the other microphone: a recording with long pauses
   * would have to guess when the room is ready for the next words.
   *
   * @param samples 16 kHz
   * @param encode makes a PCM16 WAVE file of them
   */
  async play(samples: Int16Array, encode = monoWave): Promise<void> {
    writeFileSync(this.#microphone, encode(samples));
    const opened = await this.#openings();
    const device = devices[this.#utterances++ % devices.length] ?? "";
    await this.#choose(device);
    await expect.poll(() => this.#openings(), { message: "microphones opened" }).toBe(opened + 1);
    const lengthMs = (samples.length / speechRate) * 1_000;
    await expect
      .poll(() => this.#passedMs(), { message: "ms of the recording", timeout: 30_000 + lengthMs })
      .toBeGreaterThanOrEqual(lengthMs);
  }

  /** Tells the page, in a room, that nothing it plays comes back into the microphone. */
  async wearHeadphones(): Promise<void> {
    await this.button("Sound").click();
    const dialog = this.page.getByRole("dialog", { name: "Sound" });
    const opened = await this.#openings();
    await dialog.getByRole("switch", { name: "I wear headphones" }).check();
    await expect.poll(() => this.#openings(), { message: "microphones opened" }).toBe(opened + 1);
    await this.page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }

  /**
   * Unix time in ms at which places of the recording that was played last passed through the
   * microphone: the earliest that the chunks of the second around each tell, since a busy page reads
   * some of them late.
   *
   * @param placesMs from the recording's start
   */
  async playedAtMs(placesMs: readonly number[]): Promise<number[]> {
    return this.page.evaluate((places) => {
      const chunkMs = 10;
      const around = 50;
      const microphone = globalThis.parleyProbe?.microphone;
      const times = microphone?.times.slice(microphone.openings.at(-1)) ?? [];
      return places.map((placeMs) => {
        const first = Math.max(0, Math.round(placeMs / chunkMs) - around);
        const near = times.slice(first, first + 2 * around);
        // A chunk is stamped when it is over.
        const told = near.map((atMs, index) => atMs - (first + index + 1) * chunkMs + placeMs);
        return Math.min(...told);
      });
    }, placesMs);
  }

  /** Chooses a microphone, where the page shows the choice or, in a room, in a dialog. */
  async #choose(device: string): Promise<void> {
    const choice = this.page.getByRole("combobox", { name: "Microphone" });
    if (await choice.isVisible()) {
      await choice.selectOption({ label: device });
      return;
    }
    await this.button("Sound").click();
    const dialog = this.page.getByRole("dialog", { name: "Sound" });
    await dialog.getByRole("combobox", { name: "Microphone" }).selectOption({ label: device });
    await this.page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }

  /** How many microphones the page has opened so far. */
  async #openings(): Promise<number> {
    return this.page.evaluate(() => globalThis.parleyProbe?.microphone.openings.length ?? 0);
  }

  /** How much sound has come from the microphone that was opened last. */
  async #passedMs(): Promise<number> {
    return this.page.evaluate(() => {
      const microphone = globalThis.parleyProbe?.microphone;
      if (microphone === undefined) return 0;
      const chunks = microphone.pcm.slice(microphone.openings.at(-1));
      const samples = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      return (samples / microphone.sampleRate) * 1_000;
    });
  }
}

function monoWave(samples: Int16Array): Uint8Array {
  return writeWave({ sampleRate: speechRate, samples });
}
