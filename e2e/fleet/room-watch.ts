import { expect, type Page } from "@playwright/test";
import type { EntryId } from "@parley/shared/protocol/ids";
import { roomEventSchema } from "@parley/shared/protocol/room-event";
import { transcriptEntrySchema, type TranscriptEntry } from "@parley/shared/protocol/transcript";
import { z } from "zod";
import "../support/event-probe";

const transcriptSchema = z.object({ entries: z.array(transcriptEntrySchema) });

/** Every settled line that a browser was sent so far. The page keeps its events over reconnections. */
export async function settledLines(page: Page): Promise<TranscriptEntry[]> {
  const events = await page.evaluate(() => globalThis.parleyEvents ?? []);
  return events.flatMap(({ data }) => {
    const event = roomEventSchema.safeParse(JSON.parse(data)).data;
    return event?.body.type === "transcript-final" ? [event.body.entry] : [];
  });
}

/** The stored transcript, as an entry serves it. */
async function storedLines(address: string, roomId: string): Promise<TranscriptEntry[]> {
  const answer = await fetch(`${address}/api/rooms/${roomId}/transcript?format=json`);
  return transcriptSchema.parse(await answer.json()).entries;
}

/**
 * Settled lines that these browsers were sent and an entry's transcript lacks, or has otherwise.
 *
 * @returns their ids, and how many were sent
 */
export async function lostLines(
  pages: readonly Page[],
  address: string,
  roomId: string,
): Promise<{ sent: number; lost: EntryId[] }> {
  const sent = new Map<EntryId, string>();
  for (const page of pages) {
    for (const { entryId, text } of await settledLines(page)) sent.set(entryId, text);
  }
  const stored = new Map(
    (await storedLines(address, roomId)).map(({ entryId, text }) => [entryId, text]),
  );
  const lost = [...sent].filter(([entryId, text]) => stored.get(entryId) !== text);
  return { sent: sent.size, lost: lost.map(([entryId]) => entryId) };
}

/** Waits until an entry's transcript has every line that these browsers were ever sent. */
export async function expectNothingLost(
  pages: readonly Page[],
  address: string,
  roomId: string,
): Promise<number> {
  let sent = 0;
  const missing = async () => {
    const lines = await lostLines(pages, address, roomId);
    sent = lines.sent;
    return lines.lost;
  };
  await expect.poll(missing, { intervals: [2_500], timeout: 30_000 }).toEqual([]);
  return sent;
}
