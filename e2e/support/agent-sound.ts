import { expect, type Locator, type Page } from "@playwright/test";
import { audibleLevel, probedAudio, type ProbedAudio } from "./audio-probe";

/** Shorter sound may be the end of what was said before the listening began. */
const leastVoiceMs = 500;

/**
 * The agent's sound, as the page plays it, from a moment on: mark the moment before the cause, then wait for
 * the sound. Time is counted in sound, not by a clock, so that a busy machine changes nothing. A
 * reload of the page makes it void.
 */
export class AgentSound {
  readonly #page: Page;
  readonly #from: number;

  private constructor(page: Page, from: number) {
    this.#page = page;
    this.#from = from;
  }

  /** Listens from now on. */
  static async fromNow(page: Page): Promise<AgentSound> {
    return new AgentSound(
      page,
      await page.evaluate(() => globalThis.parleyProbe?.agent.levels.length ?? 0),
    );
  }

  /** Clicks, and listens from the moment at which the page gets the click. */
  static async fromClick(button: Locator): Promise<AgentSound> {
    const marked = await button.evaluateHandle((element) => {
      const mark = { chunk: -1 };
      element.addEventListener(
        "click",
        () => {
          mark.chunk = globalThis.parleyProbe?.agent.levels.length ?? 0;
        },
        { capture: true, once: true },
      );
      return mark;
    });
    await button.click();
    const from = await marked.evaluate(({ chunk }) => chunk);
    expect(from, "the page got the click").toBeGreaterThanOrEqual(0);
    return new AgentSound(button.page(), from);
  }

  /** How much of the sound so far was loud enough to hear. */
  async audibleMs(): Promise<number> {
    return this.#page.evaluate(
      ([from, level]) => {
        const agent = globalThis.parleyProbe?.agent;
        if (agent === undefined) return 0;
        let samples = 0;
        for (let index = from; index < agent.levels.length; index++) {
          if ((agent.levels[index] ?? 0) > level) samples += agent.pcm[index]?.length ?? 0;
        }
        return (samples / agent.sampleRate) * 1_000;
      },
      [this.#from, audibleLevel] as const,
    );
  }

  /** Waits until the agent's voice is heard, for this long in all. */
  async expectVoice(leastMs = leastVoiceMs): Promise<void> {
    await expect
      .poll(() => this.audibleMs(), { message: "audible ms of the agent", timeout: 30_000 })
      .toBeGreaterThanOrEqual(leastMs);
  }

  /** Everything so far, silence included. */
  async recording(): Promise<Pick<ProbedAudio, "sampleRate" | "samples">> {
    const { sampleRate, samples } = await probedAudio(this.#page, "agent", this.#from);
    return { sampleRate, samples };
  }
}
