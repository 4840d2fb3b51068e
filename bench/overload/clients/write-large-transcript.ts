import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { archiveVersion, entryLine, roomLine } from "@parley/media-server/archive/archive-line";
import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** The longest message, of characters that take three bytes each. */
const longText = "語".repeat(4_000);

/**
 * Puts a room of long typed messages into a data folder, as if people had been typing for days.
 *
 * @param lines of 12 kB each
 */
export async function writeLargeTranscript(dataFolder: string, lines: number): Promise<RoomId> {
  const roomId = newId<RoomId>();
  const memberId = newId<MemberId>();
  const agent = agentSettingsSchema.parse({ greeting: "" });
  const createdAtMs = Date.now();
  const room = { roomId, title: "", agent, createdAtMs };
  const entries = Array.from({ length: lines }, (_, index): string => {
    const entry: TranscriptEntry = {
      entryId: newId<EntryId>(),
      kind: "message",
      memberId,
      name: "Ada",
      text: longText,
      revision: 0,
      isFinal: true,
      isInterrupted: false,
      startedAtMs: createdAtMs + index,
    };
    return entryLine(JSON.stringify(entry));
  });
  const folder = join(dataFolder, "rooms");
  await mkdir(folder, { recursive: true });
  const all = [roomLine({ type: "room", version: archiveVersion, room }), ...entries];
  await writeFile(join(folder, `${roomId}.jsonl`), `${all.join("\n")}\n`);
  return roomId;
}
