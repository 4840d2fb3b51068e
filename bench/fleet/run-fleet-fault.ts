import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import { errorMessage } from "@parley/shared/errors";
import type { Fleet } from "../../e2e/fleet/fleet";
import { lostLines } from "../../e2e/fleet/room-watch";
import type { TestNetwork } from "../../e2e/support/network/test-network";
import type { Conversation } from "../faults/conversation";
import { seenNotices, watchNotices, type SeenNotice } from "../faults/notice-watch";
import type { FleetFault } from "./fleet-fault";
import { invite, type Guests } from "./guests";

/** Limit on being answered, in ms. */
const answerLimitMs = 90_000;
/** Lines that wait for the storage are tried again after up to 15 s. */
const storageLimitMs = 40_000;
/** Words of a reply that must be on the page before the harm, in characters. */
const heardCharacters = 30;
/** What is heard of a reply after the harm, in characters, if that goes on: four seconds of it. */
const furtherCharacters = 60;
/** Limit on that, in ms. */
const furtherMs = 12_000;
const lookEveryMs = 50;

export type FleetFaultFigures = {
  name: string;
  about: string;
  /** Until all that heals it was done. */
  harmMs: number;
  /** From the harm to each person's next answer; null where none came. */
  answeredMs: { ada: number | null; bea: number | null };
  /** Settled lines that people saw, and those of them that an entry's transcript lacks. */
  lines: number;
  lost: number;
  /** What became of the reply that was being spoken. */
  reply: "went on" | "cut off, kept" | "gone";
  /** What Ada saw, with ms after the harm. */
  seen: SeenNotice[];
  /** What was expected and did not hold. */
  missed: string[];
};

/** Two people talk, the harm is done, and they go on asking until each is answered. */
export async function runFleetFault(
  fault: FleetFault,
  site: { fleet: Fleet; network: TestNetwork; browsers: readonly Browser[] },
): Promise<FleetFaultFigures> {
  const { fleet, network, browsers } = site;
  const guests = await invite(fleet, browsers);
  try {
    const { ada, bea } = guests;
    for (const talk of [ada, bea]) {
      if (!(await talk.ask(answerLimitMs))) throw new Error("no answer before the harm");
    }
    const heard = await hearStory(ada);
    const busyWorker = (await fleet.workers[0].isBusy()) ? 0 : 1;
    await watchNotices(ada.room.page);

    const struckMs = performance.now();
    const passedMs = () => Math.round(performance.now() - struckMs);
    const whenAnswered = async (talk: Conversation) =>
      (await talk.ask(answerLimitMs)) ? passedMs() : null;
    const striking = fault.strike({ fleet, network, busyWorker }).then(passedMs);
    const going = goesOn(heard, ada);
    // One after the other: two questions at a time are answered with one reply.
    const adaMs = await whenAnswered(ada);
    const beaMs = await whenAnswered(bea);
    const harmMs = await striking;
    const [afterwards, lines] = [await ada.ask(answerLimitMs), await settledLines(fleet, guests)];
    const figures = {
      name: fault.name,
      about: fault.about,
      harmMs,
      ...lines,
      answeredMs: { ada: adaMs, bea: beaMs },
      reply: (await going) ? ("went on" as const) : await fateOf(heard, ada),
      seen: await seenNotices(ada.room.page),
    };
    const missed = [
      ...(adaMs === null || beaMs === null ? ["no answer after the harm"] : []),
      ...(afterwards ? [] : ["no answer after all was healed"]),
      ...(lines.lost > 0 ? [`${lines.lost} lines lost`] : []),
      ...(figures.reply === "gone" ? ["the reply that was being spoken is gone"] : []),
    ];
    return { ...figures, missed };
  } catch (error) {
    throw new Error(`${fault.name}: ${errorMessage(error)}`, { cause: error });
  } finally {
    await guests.leave();
  }
}

/** Resolves with the words of a long reply, while it is being spoken. */
async function hearStory(talk: Conversation): Promise<string> {
  await talk.listenToStory();
  const { room } = talk;
  for (;;) {
    const words = await room.words(room.transcript.locator("li").last());
    if (words.length >= heardCharacters) return words;
    await delay(lookEveryMs);
  }
}

/**
 * Whether the reply goes on though there is harm; when that is clear, it is interrupted: a question that
 * is typed meanwhile waits for its end.
 */
async function goesOn(heard: string, { room }: Conversation): Promise<boolean> {
  const endMs = performance.now() + furtherMs;
  const line = room.transcript
    .locator("li")
    .filter({ hasText: beginningOf(heard) })
    .last();
  while (performance.now() < endMs) {
    const words = await room.words(line).catch(() => "");
    if (words.length >= heard.length + furtherCharacters) {
      await room.button("Interrupt").click();
      return true;
    }
    await delay(lookEveryMs);
  }
  return false;
}

async function fateOf(heard: string, { room }: Conversation): Promise<"cut off, kept" | "gone"> {
  const lines = room.finalLines("Parley").filter({ hasText: beginningOf(heard) });
  const isKept = (await lines.filter({ hasText: "cut short" }).count()) > 0;
  return isKept ? "cut off, kept" : "gone";
}

function beginningOf(heard: string): string {
  return heard.slice(0, heardCharacters / 2);
}

async function settledLines(
  { entries }: Fleet,
  { ada, bea, roomId }: Guests,
): Promise<{ lines: number; lost: number }> {
  const pages = [ada.room.page, bea.room.page];
  const endMs = performance.now() + storageLimitMs;
  for (;;) {
    const { sent, lost } = await lostLines(pages, entries[1].address, roomId);
    if (lost.length === 0 || performance.now() > endMs) return { lines: sent, lost: lost.length };
    await delay(2_500);
  }
}
