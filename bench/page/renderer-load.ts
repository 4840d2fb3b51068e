import type { Browser, Page } from "@playwright/test";
import { round } from "../support/percentiles";

/** Processor time of a browser, in percent of one core. */
export type PageLoad = {
  /** The thread of the page itself: scripts, styles, layout, recording what is painted. */
  page: number;
  /** The process of the page: compositing and WebRTC's threads as well. */
  renderer: number;
  /** Every process of the browser: echo cancellation, sound devices and the screen as well. */
  browser: number;
};

type ProcessInfo = { type: string; id: number; cpuTime: number };

/** Load of a browser with one page, over so many milliseconds in which nothing is done to it. */
export async function loadOf(browser: Browser, page: Page, spanMs: number): Promise<PageLoad> {
  const session = await browser.newBrowserCDPSession();
  const inside = await page.context().newCDPSession(page);
  try {
    // Processor time of the thread, where the default would count what it waited.
    await inside.send("Performance.enable", { timeDomain: "threadTicks" });
    const read = async () => {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      const { metrics } = await inside.send("Performance.getMetrics");
      const pageSeconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
      const processes: ProcessInfo[] = processInfo;
      return { processes, pageSeconds, atMs: performance.now() };
    };
    const before = await read();
    await page.waitForTimeout(spanMs);
    const after = await read();
    const percent = (seconds: number) => round((100_000 * seconds) / (after.atMs - before.atMs));
    const processTime = (type: string | null) => {
      return after.processes
        .filter((process) => type === null || process.type === type)
        .map(({ id, cpuTime }) => {
          const earlier = before.processes.find((other) => other.id === id)?.cpuTime ?? 0;
          return cpuTime - earlier;
        })
        .reduce((sum, time) => sum + time, 0);
    };
    return {
      page: percent(after.pageSeconds - before.pageSeconds),
      renderer: percent(processTime("renderer")),
      browser: percent(processTime(null)),
    };
  } finally {
    await Promise.all([session.detach(), inside.detach()]);
  }
}
