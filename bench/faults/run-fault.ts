import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import { errorMessage } from "@parley/shared/errors";
import { lostLines } from "../../e2e/fleet/room-watch";
import { installEventProbe } from "../../e2e/support/event-probe";
import { startParley, type ParleyInstance } from "../../e2e/support/parley-instance";
import { parleyProcesses } from "../../e2e/support/processes";
import { RoomPage } from "../../e2e/support/room-page";
import { Conversation } from "./conversation";
import type { Fault } from "./fault";
import { seenNotices, watchNotices, type SeenNotice } from "./notice-watch";

const name = "Sharon";
/** Typed while things are broken, unless the fault names a text: far from what the agent is asked. */
const typedMeanwhile = "I am writing this while something is broken";
/** Between the harm and the line that is typed into it. */
const typedAfterMs = 500;
/** Limit on being answered again after the harm is over. */
const answerLimitMs = 60_000;
/** Lines that wait for a disk are tried again after up to 15 s. */
const storageLimitMs = 30_000;

export type FaultFigures = {
  name: string;
  about: string;
  /** Why it was not tried; null where it was. */
  skipped: string | null;
  /** What people saw, with ms after the harm. */
  seen: SeenNotice[];
  /** How long the harm lasted. */
  harmMs: number;
  /** From the harm to the next answer; null where none came. */
  answeredMs: number | null;
  /** Settled lines that people saw, and those of them that are not in the transcript. */
  lines: number;
  lost: number;
  /** The line that was typed meanwhile is in the transcript. */
  isTypedLineKept: boolean;
  /** Processes of Parley that are left after it was stopped. */
  left: number;
  /** What was expected and did not hold. */
  missed: string[];
};

/** Starts a Parley, talks with it, does the harm, and looks until all is well again. */
export async function runFault(
  fault: Fault,
  browser: Browser,
  port: number,
): Promise<FaultFigures> {
  const dataFolder = mkdtempSync(join(tmpdir(), "parley-faults-"));
  const undo: (() => unknown)[] = [
    () => {
      rmSync(dataFolder, { recursive: true, force: true });
    },
  ];
  let figures: FaultFigures;
  try {
    const prepared = await fault.prepare?.(dataFolder);
    undo.push(...(prepared?.undo ?? []));
    const environment = {
      PARLEY_DATA: dataFolder,
      LOG_LEVEL: "fatal",
      ...prepared?.environment,
    };
    let parley: ParleyInstance = await startParley(port, environment);
    undo.push(() => parley.close());
    const context = await browser.newContext({ baseURL: parley.address });
    undo.push(() => context.close());
    const page = await context.newPage();
    await installEventProbe(page);
    const room = new RoomPage(page);
    await room.createAndJoin(name);
    const roomId = new URL(page.url()).pathname.slice("/r/".length);
    const talk = new Conversation(room);
    for (let exchange = 0; exchange < 2; exchange++) {
      if (!(await talk.ask(answerLimitMs))) throw new Error("no answer before the harm");
    }
    await talk.listenToStory();
    await watchNotices(page);

    const struckMs = performance.now();
    const passedMs = () => Math.round(performance.now() - struckMs);
    const restart = async () => {
      parley = await startParley(port, environment);
    };
    const striking = fault.strike({
      port,
      dataFolder,
      room,
      restart,
      starter: parley.processId,
    });
    const meanwhile = fault.typed ?? typedMeanwhile;
    await Promise.race([striking, delay(typedAfterMs)]);
    await room.type(meanwhile);
    await striking;
    const harmMs = passedMs();
    const isAnswered = await talk.ask(answerLimitMs);
    const answeredMs = isAnswered ? passedMs() : null;

    const storedBy = performance.now() + storageLimitMs;
    let lines = await lostLines([page], parley.address, roomId);
    while (lines.lost.length > 0 && performance.now() < storedBy) {
      await delay(3_000);
      lines = await lostLines([page], parley.address, roomId);
    }
    figures = {
      name: fault.name,
      about: fault.about,
      skipped: null,
      seen: await seenNotices(page),
      harmMs,
      answeredMs,
      lines: lines.sent,
      lost: lines.lost.length,
      isTypedLineKept: await talk.hasSaid(name, meanwhile),
      left: 0,
      missed: [],
    };
  } catch (error) {
    figures = unplayed(fault, null, [errorMessage(error)]);
  } finally {
    for (const close of undo.reverse()) await close();
  }
  const left = parleyProcesses(port).length;
  return { ...figures, left, missed: [...figures.missed, ...missedBy(fault, figures, left)] };
}

/** The figures of a fault that was not tried, or could not be. */
export function unplayed(fault: Fault, skipped: string | null, missed: string[]): FaultFigures {
  return {
    name: fault.name,
    about: fault.about,
    skipped,
    seen: [],
    harmMs: 0,
    answeredMs: null,
    lines: 0,
    lost: 0,
    isTypedLineKept: false,
    left: 0,
    missed,
  };
}

function missedBy({ seen }: Fault, figures: FaultFigures, left: number): string[] {
  if (figures.missed.length > 0) return [];
  const isSeen = seen === null || figures.seen.some(({ text }) => seen.test(text));
  return [
    ...(figures.answeredMs === null ? ["no answer afterwards"] : []),
    ...(figures.lost > 0 ? [`${figures.lost} lines lost`] : []),
    ...(figures.isTypedLineKept ? [] : ["the line typed meanwhile is missing"]),
    ...(isSeen ? [] : [`people saw nothing like ${String(seen)}`]),
    ...(left > 0 ? [`${left} processes left`] : []),
  ];
}
