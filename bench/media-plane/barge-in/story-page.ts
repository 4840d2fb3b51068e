import type { Browser, Page } from "@playwright/test";
import {
  audibleLevel,
  installAudioProbe,
  type ProbedChunk,
} from "../../../e2e/support/audio-probe";
import { installEventProbe } from "../../../e2e/support/event-probe";
import { RoomPage } from "../../../e2e/support/room-page";

/** Speech must have run this long before it is cut, and without a pause for `steadyChunks`. */
const heardMs = 800;
const steadyChunks = 4;

/** A probed page. `isDeaf` disables its own muting of the agent. */
export async function openStoryPage(
  browser: Browser,
  address: string,
  options: { isDeaf: boolean },
): Promise<RoomPage> {
  const context = await browser.newContext({ baseURL: address });
  const page = await context.newPage();
  await installAudioProbe(page);
  await installEventProbe(page);
  if (options.isDeaf) {
    await page.addInitScript(() => {
      // Muting a track has no effect.
      Object.defineProperty(MediaStreamTrack.prototype, "enabled", {
        get: () => true,
        set: () => undefined,
      });
    });
  }
  return new RoomPage(page);
}

/**
 * Waits inside the page until the agent is in the middle of a word, then clicks Interrupt.
 *
 * @returns Unix time in ms of the click, or null when nothing was heard.
 */
export async function interruptWhileHeard(page: Page): Promise<number | null> {
  return page.evaluate(
    async ({ level, wantedMs, steady }) => {
      const button = [...document.querySelectorAll("button")].find(
        (candidate) =>
          candidate.getAttribute("aria-label") === "Interrupt" ||
          candidate.textContent.trim() === "Interrupt",
      );
      const agent = globalThis.parleyProbe?.agent;
      if (button === undefined || agent === undefined) throw new Error("nothing to click or hear");
      const from = agent.levels.length;
      const giveUpAtMs = performance.now() + 15_000;
      let firstAtMs: number | null = null;
      while (performance.now() < giveUpAtMs) {
        await new Promise((resolve) => setTimeout(resolve, 3));
        const recent = agent.levels.slice(Math.max(from, agent.levels.length - steady));
        const isSteady = recent.length === steady && recent.every((value) => value > level);
        if (!isSteady) continue;
        firstAtMs ??= performance.now();
        if (performance.now() - firstAtMs < wantedMs) continue;
        const atMs = performance.timeOrigin + performance.now();
        button.click();
        return atMs;
      }
      return null;
    },
    { level: audibleLevel * 2, wantedMs: heardMs, steady: steadyChunks },
  );
}

/** The agent's sound in the page from a time on, and the time of the flush. */
export async function heardSince(
  page: Page,
  sinceMs: number,
): Promise<{ chunks: ProbedChunk[]; flushAtMs: number | null }> {
  return page.evaluate((fromMs) => {
    const agent = globalThis.parleyProbe?.agent;
    const chunks = (agent?.times ?? [])
      .map((atMs, index) => ({ atMs, level: agent?.levels[index] ?? 0 }))
      .filter(({ atMs }) => atMs >= fromMs);
    const flush = (globalThis.parleyEvents ?? []).find(
      ({ atMs, data }) => atMs >= fromMs && data.includes('"reply-flush"'),
    );
    // Recordings of many stories would fill the page's memory.
    if (agent !== undefined) agent.pcm.length = 0;
    return { chunks, flushAtMs: flush?.atMs ?? null };
  }, sinceMs);
}
