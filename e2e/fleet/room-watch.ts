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

/** Waits until an entry's transcript has every line that these browsers were ever sent. */
export async function expectNothingLost(
  pages: readonly Page[],
  address: string,
  roomId: string,
): Promise<number> {
  const sent = new Map<EntryId, string>();
  for (const page of pages) {
    for (const { entryId, text } of await settledLines(page)) sent.set(entryId, text);
  }
  const missing = async () => {
    const stored = new Map(
      (await storedLines(address, roomId)).map(({ entryId, text }) => [entryId, text]),
    );
    return [...sent].filter(([entryId, text]) => stored.get(entryId) !== text);
  };
  await expect.poll(missing, { intervals: [2_500], timeout: 30_000 }).toEqual([]);
  return sent.size;
}
