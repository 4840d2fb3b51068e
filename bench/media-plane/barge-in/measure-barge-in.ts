import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { audibleLevel } from "../../../e2e/support/audio-probe";
import { launchBrowser } from "../../../e2e/support/browser";
import { silence, writeWav } from "../../../e2e/support/speech";
import { watchMachine } from "../../support/machine-load";
import { startParley } from "../../../e2e/support/parley-instance";
import { percentiles, type Percentiles } from "../../support/percentiles";
import { printTable } from "../../support/table";
import { onePlace } from "../latency-summary";
import { measureCut, type Cut } from "./cut";
import { heardSince, interruptWhileHeard, openStoryPage } from "./story-page";

const port = 29_860;

/** From the decision to cut to the last sound, in ms. */
export const silenceGoalMs = 150;

/** Long enough for the tail of any cut, and for the room to be quiet again. */
const settleMs = 1_800;

export type BargeInListener = "who clicked" | "another member" | "another member, hush taken away";

/** All cuts as one listener received them, in ms. The decision falls between click and flush. */
export type BargeInMeasurement = {
  listener: BargeInListener;
  cuts: number;
  /** Clicks that fell into a pause of the speech. */
  skipped: number;
  clickToSilence: Percentiles;
  clickToFlush: Percentiles;
  flushToSilence: Percentiles;
};

function summariseCuts(listener: BargeInListener, cuts: readonly (Cut | null)[]) {
  const heard = cuts.filter((cut) => cut !== null);
  const each = (pick: (cut: Cut) => number | null) =>
    percentiles(heard.map(pick).filter((value) => value !== null));
  return {
    listener,
    cuts: heard.length,
    skipped: cuts.length - heard.length,
    clickToSilence: each((cut) => cut.clickToSilence),
    clickToFlush: each((cut) => cut.clickToFlush),
    flushToSilence: each((cut) => cut.flushToSilence),
  };
}

/** Two people and the agent in one room; one of them cuts story after story. */
async function cutStories(
  browser: Browser,
  address: string,
  options: { times: number; isListenerDeaf: boolean },
): Promise<BargeInMeasurement[]> {
  const teller = await openStoryPage(browser, address, { isDeaf: false });
  await teller.createAndJoin("Sharon");
  const listener = await openStoryPage(browser, address, { isDeaf: options.isListenerDeaf });
  await listener.openAndJoin(new URL(teller.page.url()).pathname, "Nina");
  // The greeting, and the browsers' first adaptation.
  await teller.page.waitForTimeout(5_000);
  const cuts: { teller: (Cut | null)[]; listener: (Cut | null)[] } = { teller: [], listener: [] };
  for (let time = 0; time < options.times; time++) {
    await teller.expectState("listening");
    await teller.type("tell me a story of thirty sentences");
    await teller.expectState("speaking");
    const clickAtMs = await interruptWhileHeard(teller.page);
    if (clickAtMs === null) throw new Error("the story was not heard");
    await teller.page.waitForTimeout(settleMs);
    for (const [name, room] of Object.entries({ teller, listener })) {
      const heard = await heardSince(room.page, clickAtMs - 200);
      cuts[name as keyof typeof cuts].push(measureCut({ ...heard, audibleLevel, clickAtMs }));
    }
    const of = (cut: Cut | null | undefined) => (cut ? `${onePlace(cut.clickToSilence)} ms` : "-");
    console.log(
      `  ${time + 1}/${options.times}: silent for who clicked after ${of(cuts.teller.at(-1))}, for the other after ${of(cuts.listener.at(-1))}`,
    );
  }
  await teller.page.context().close();
  await listener.page.context().close();
  const other = options.isListenerDeaf ? "another member, hush taken away" : "another member";
  return [summariseCuts("who clicked", cuts.teller), summariseCuts(other, cuts.listener)];
}

/** Part 3: the Interrupt button, from the click to silence in the browsers of the room. */
export async function measureBargeIn(
  times: number,
): Promise<{ listeners: BargeInMeasurement[]; machinePercent: number }> {
  const folder = mkdtempSync(join(tmpdir(), "parley-media-plane-"));
  const parley = await startParley(port);
  const browser = await launchBrowser(writeWav(folder, "silence", silence(2_000)), { loop: true });
  try {
    const machine = watchMachine();
    const { address } = parley;
    const whole = await cutStories(browser, address, { times, isListenerDeaf: false });
    console.log("  once more, with a listener whose page cannot hush the agent by itself");
    const [, deaf] = await cutStories(browser, address, { times, isListenerDeaf: true });
    return {
      listeners: deaf === undefined ? whole : [...whole, deaf],
      machinePercent: onePlace(machine().busyPercent),
    };
  } finally {
    await browser.close();
    await parley.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function printBargeIn({
  listeners,
  machinePercent,
}: Awaited<ReturnType<typeof measureBargeIn>>): void {
  console.log("");
  printTable(
    ["silence for", "measured", "cuts", "skipped", "p50 ms", "p90 ms", "p95 ms", "max ms"],
    listeners.flatMap((listener) =>
      (
        [
          ["click → silence", listener.clickToSilence],
          ["click → flush event", listener.clickToFlush],
          ["flush event → silence", listener.flushToSilence],
        ] as const
      ).map(([name, row]) => [
        listener.listener,
        name,
        row.count,
        listener.skipped,
        row.p50,
        row.p90,
        row.p95,
        row.max,
      ]),
    ),
  );
  console.log(`\nmachine busy ${machinePercent} % of one core meanwhile`);
}
