import { roomIdSchema, type EntryId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { transcriptEntrySchema, type TranscriptEntry } from "@parley/shared/protocol/transcript";
import { unixTimeSchema } from "@parley/shared/protocol/unix-time";
import { z } from "zod";
import type { RoomRecord } from "../contracts/room-archive";

export const archiveVersion = 1;

const archiveLineSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("room"),
    version: z.literal(archiveVersion),
    room: z.object({
      roomId: roomIdSchema,
      title: z.string(),
      agent: agentSettingsSchema,
      createdAtMs: unixTimeSchema,
    }),
  }),
  z.object({ type: z.literal("entry"), entry: transcriptEntrySchema }),
]);
type ArchiveLine = z.infer<typeof archiveLineSchema>;

/** The first line of a room's file, without its line break. */
export function roomLine(line: Extract<ArchiveLine, { type: "room" }>): string {
  return JSON.stringify(line);
}

/** The line of an entry, without its line break. @param json the entry */
export function entryLine(json: string): string {
  return `{"type":"entry","entry":${json}}`;
}

/**
 * Parses the lines of one room's archive file; unreadable ones, and those of another room, are
 * counted and skipped.
 */
export function readArchiveLines(
  text: string,
  roomId: RoomId,
): {
  room: RoomRecord | null;
  entries: TranscriptEntry[];
  unreadable: number;
} {
  let room: RoomRecord | null = null;
  let unreadable = 0;
  const entries = new Map<EntryId, TranscriptEntry>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const parsed = parseLine(line);
    if (parsed === null) unreadable += 1;
    else if (parsed.type === "room" && parsed.room.roomId !== roomId) unreadable += 1;
    else if (parsed.type === "room") room = parsed.room;
    else {
      const earlier = entries.get(parsed.entry.entryId);
      if (earlier === undefined || earlier.revision <= parsed.entry.revision) {
        entries.set(parsed.entry.entryId, parsed.entry);
      }
    }
  }
  return { room, entries: [...entries.values()], unreadable };
}

function parseLine(line: string): ArchiveLine | null {
  try {
    return archiveLineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
