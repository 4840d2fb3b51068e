import type { CDPSession, Page } from "@playwright/test";
import { launchBrowser } from "../../e2e/support/browser";
import { percentile, round } from "../support/percentiles";

/** A first visit, with nothing in the cache. */
export type FirstVisit = {
  /** Everything that came over the wire, headers included. */
  kilobytes: number;
  requests: number;
  /** Largest contentful paint, ms after the navigation began. */
  largestPaintMs: number;
  /** Until New room or Join could be pressed, ms. */
  usableMs: number;
};

export type LoadFigures = { lobby: FirstVisit; door: FirstVisit };

/** "Slow 4G" as Lighthouse has it, with a processor four times slower. */
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const processorSlowdown = 4;

/** Quiet time after which nothing more is expected, ms. */
const settlingMs = 1_500;

/** First visits of the lobby and of a room's door over a slow network: medians of several. */
export async function measureLoad(address: string, visits = 5): Promise<LoadFigures> {
  const created = await fetch(`${address}/api/rooms`, { method: "POST" });
  const { roomId } = (await created.json()) as { roomId: string };
  return {
    lobby: await firstVisits(`${address}/`, "New room", visits),
    door: await firstVisits(`${address}/r/${roomId}`, "Join", visits),
  };
}

async function firstVisits(address: string, button: string, visits: number): Promise<FirstVisit> {
  const seen: FirstVisit[] = [];
  for (let visit = 0; visit < visits; visit++) seen.push(await firstVisit(address, button));
  const median = (of: keyof FirstVisit) =>
    round(
      percentile(
        seen.map((figures) => figures[of]),
        0.5,
      ),
    );
  return {
    kilobytes: median("kilobytes"),
    requests: median("requests"),
    largestPaintMs: median("largestPaintMs"),
    usableMs: median("usableMs"),
  };
}

/** A browser of its own for each visit: nothing is cached, and no connection is open. */
async function firstVisit(address: string, button: string): Promise<FirstVisit> {
  const browser = await launchBrowser(null);
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.addInitScript(watchPaints);
    const session = await page.context().newCDPSession(page);
    const traffic = await watchTraffic(session);
    await session.send("Network.emulateNetworkConditions", network);
    await session.send("Emulation.setCPUThrottlingRate", { rate: processorSlowdown });
    await page.goto(address, { waitUntil: "commit" });
    await page.getByRole("button", { name: button }).waitFor();
    const usableMs = await page.evaluate(() => performance.now());
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(settlingMs);
    return { ...traffic(), largestPaintMs: await largestPaintMs(page), usableMs };
  } finally {
    await browser.close();
  }
}

async function watchTraffic(
  session: CDPSession,
): Promise<() => Pick<FirstVisit, "kilobytes" | "requests">> {
  let bytes = 0;
  let requests = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await session.send("Network.enable");
  return () => ({ kilobytes: bytes / 1_000, requests });
}

declare global {
  var parleyLargestPaintMs: number | undefined;
}

/** Runs in the page. */
function watchPaints(): void {
  new PerformanceObserver((list) => {
    globalThis.parleyLargestPaintMs = list.getEntries().at(-1)?.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

async function largestPaintMs(page: Page): Promise<number> {
  return (await page.evaluate(() => globalThis.parleyLargestPaintMs)) ?? Number.NaN;
}
