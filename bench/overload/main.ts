// attacks and overload: memory, processor and answers of both servers, and what an honest talker hears
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchBrowser } from "../../e2e/support/browser";
import { installEventProbe } from "../../e2e/support/event-probe";
import { startParley } from "../../e2e/support/parley-instance";
import { mediaWorkers, serverProcesses } from "../../e2e/support/processes";
import { RoomPage } from "../../e2e/support/room-page";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { openProcess } from "../support/side-process";
import { installFrameProbe } from "./heard/frame-probe";
import { printFigures } from "./print-figures";
import { runScene, type SceneFigures } from "./run-scene";
import type { Stage } from "./scene";
import { allScenes } from "./scenes/all-scenes";
import type { WatchCalls } from "./watch/watch.process";

const port = 27_880;
/** Time for the greeting, and for what servers put off until they have started. */
const settleMs = 8_000;
const inferenceKey = "the-key-of-both-servers";

/** `--only NAME,NAME` plays some of the scenes and writes nothing. */
const { values } = parseArgs({ options: { only: { type: "string" } } });
const only = values.only?.split(",") ?? null;
const scenes = allScenes.filter(({ name }) => only?.includes(name) ?? true);
if (scenes.length === 0) {
  throw new Error(`the scenes are ${allScenes.map(({ name }) => name).join(", ")}`);
}

const controller = new AbortController();
const dataFolder = mkdtempSync(join(tmpdir(), "parley-overload-"));
const loadAverageBefore = loadAverage();
/** What is open, to be closed in the opposite order. */
const closers: (() => unknown)[] = [
  () => {
    rmSync(dataFolder, { recursive: true, force: true });
  },
];
try {
  const settings = { PARLEY_DATA: dataFolder, INFERENCE_KEY: inferenceKey, LOG_LEVEL: "fatal" };
  const parley = await startParley(port, settings);
  closers.push(() => parley.close());
  const browser = await launchBrowser(null);
  closers.push(() => browser.close());
  const watchFile = new URL("watch/watch.process.ts", import.meta.url);
  const watch = await openProcess<WatchCalls>(watchFile);
  closers.push(() => watch.close());
  const context = await browser.newContext({ baseURL: parley.address, bypassCSP: true });
  const page = await context.newPage();
  await installEventProbe(page);
  await installFrameProbe(page);
  const talker = new RoomPage(page);
  await talker.createAndJoin("Sharon");
  await page.waitForTimeout(settleMs);
  const process = ([id]: number[]) => id ?? 0;
  await watch.call("begin", {
    processes: {
      "media server": process(serverProcesses("media-server", port)),
      inference: process(serverProcesses("inference", port)),
      "media worker": process(mediaWorkers(port)),
    },
    health: {
      "media server": `http://127.0.0.1:${port}/health`,
      inference: `http://127.0.0.1:${port + 1}/health`,
    },
  });
  const { signal } = controller;
  const inferencePort = port + 1;
  const stage: Stage = { port, inferencePort, inferenceKey, dataFolder, talker, page, signal };
  const figures: SceneFigures[] = [];
  for (const scene of scenes) {
    console.log(`${scene.name}: ${scene.about}`);
    figures.push(await runScene(scene, stage, watch));
  }
  printFigures(figures);
  const missed = figures.flatMap(({ expectations }) => expectations.filter(({ holds }) => !holds));
  console.log(`\n${missed.length === 0 ? "Everything held." : `${missed.length} did not hold.`}`);
  if (missed.length > 0) globalThis.process.exitCode = 1;
  if (only === null) {
    writeResults("overload", {
      loadAverageBefore,
      loadAverageAfter: loadAverage(),
      missed: missed.length,
      scenes: figures,
    });
  }
} finally {
  controller.abort();
  for (const close of closers.reverse()) await close();
}
