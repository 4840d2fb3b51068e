import { roomIdSchema, type EntryId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { transcriptEntrySchema, type TranscriptEntry } from "@parley/shared/protocol/transcript";
import { unixTimeSchema } from "@parley/shared/protocol/unix-time";
import { z } from "zod";
import type { ArchivedRoom, RoomListing, RoomRecord } from "../../contracts/room-archive";
import { RoomTakenError } from "../room-taken-error";
import type { WaitingEntry } from "../room-writer";
import type { Database } from "./database";

const roomSchema = z.object({
  room_id: roomIdSchema,
  title: z.string(),
  agent: agentSettingsSchema,
  created_at_ms: z.coerce.number<string>().pipe(unixTimeSchema),
});
const enteredSchema = z.object({
  epoch: z.string(),
  // One that this version cannot read is none.
  draft: transcriptEntrySchema.nullable().catch(null),
});
const listedSchema = roomSchema.extend({ written_at_ms: z.coerce.number<string>() });
const writtenSchema = z.array(z.object({ bytes: z.coerce.number<string>() }));
const entryRowSchema = z.object({ entry: transcriptEntrySchema });

/** A server's hold on a room: as text, since it is a 64-bit number. */
export type Epoch = string;

/** The statements on rooms and entries. All reject with what the database or the network says. */
export class RoomTables {
  readonly #database: Pick<Database, "query">;

  constructor(database: Pick<Database, "query">) {
    this.#database = database;
  }

  /** Adds a room in its first epoch. */
  async insert({ roomId, title, agent, createdAtMs }: RoomRecord): Promise<Epoch> {
    const sql = `insert into rooms (room_id, title, agent, created_at_ms, epoch, bytes)
      values ($1, $2, $3, $4, 1, 0)`;
    await this.#database.query(sql, [roomId, title, JSON.stringify(agent), createdAtMs]);
    return "1";
  }

  /**
   * Enters a new epoch, once writes of the one before are through.
   *
   * @returns null for an unknown room; the draft is what was being said in the epoch before
   */
  async enter(roomId: RoomId): Promise<{ epoch: Epoch; draft: TranscriptEntry | null } | null> {
    const sql = `update rooms set epoch = epoch + 1 where room_id = $1
      returning epoch, case when draft_epoch = epoch - 1 then draft end as draft`;
    const [row] = await this.#database.query(sql, [roomId]);
    return row === undefined ? null : enteredSchema.parse(row);
  }

  /** Stores what is being said; a later epoch's is left alone. @param draft null for nothing */
  async setDraft(roomId: RoomId, epoch: Epoch, draft: TranscriptEntry | null): Promise<void> {
    const sql = `update rooms set draft = $3, draft_epoch = epoch where room_id = $1 and epoch = $2`;
    const json = draft === null ? null : JSON.stringify(draft);
    await this.#database.query(sql, [roomId, epoch, json]);
  }

  async has(roomId: RoomId): Promise<boolean> {
    const rows = await this.#database.query("select from rooms where room_id = $1", [roomId]);
    return rows.length > 0;
  }

  /** @returns null for an unknown room; the count is of entries that this version cannot read */
  async read(roomId: RoomId): Promise<(ArchivedRoom & { unreadable: number }) | null> {
    const [row] = await this.#database.query("select * from rooms where room_id = $1", [roomId]);
    if (row === undefined) return null;
    const { title, agent, created_at_ms: createdAtMs } = roomSchema.parse(row);
    const sql = "select entry from entries where room_id = $1 order by position";
    const rows = await this.#database.query(sql, [roomId]);
    const entries = rows.flatMap((each) => entryRowSchema.safeParse(each).data?.entry ?? []);
    const record = { roomId, title, agent, createdAtMs };
    return { record, entries, unreadable: rows.length - entries.length };
  }

  /** Rooms that were written to last, the latest first. */
  async list(page: { limit: number; beforeMs: number | null }): Promise<RoomListing[]> {
    const sql = `select * from rooms where $2::bigint is null or written_at_ms < $2
      order by written_at_ms desc, room_id limit $1`;
    const rows = await this.#database.query(sql, [page.limit, page.beforeMs]);
    return rows.flatMap((row) => {
      // A room of a later version may have settings that this one cannot read.
      const { data } = listedSchema.safeParse(row);
      if (data === undefined) return [];
      const { room_id: roomId, title, agent, created_at_ms: createdAtMs } = data;
      return [
        { record: { roomId, title, agent, createdAtMs }, lastWrittenAtMs: data.written_at_ms },
      ];
    });
  }

  /** Deletes a room with its entries. @returns false for an unknown one */
  async delete(roomId: RoomId): Promise<boolean> {
    const sql = "delete from rooms where room_id = $1 returning room_id";
    return (await this.#database.query(sql, [roomId])).length > 0;
  }

  /**
   * Adds entries, all or none, in their order; a later revision replaces the earlier one in its place.
   * Writing the same ones again changes nothing.
   *
   * @returns the bytes that were written for the room so far
   * @throws RoomTakenError when the room is in a later epoch
   */
  async append(roomId: RoomId, epoch: Epoch, entries: readonly WaitingEntry[]): Promise<number> {
    // One statement must not touch a row twice: of two revisions in it, the later counts.
    const latest = new Map<EntryId, WaitingEntry>();
    for (const waiting of entries) {
      const earlier = latest.get(waiting.entry.entryId);
      if (earlier === undefined || earlier.entry.revision <= waiting.entry.revision) {
        latest.set(waiting.entry.entryId, waiting);
      }
    }
    const lines = [...latest.values()];
    const bytes = lines.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
    const rows = await this.#database.query(appendSql, [
      roomId,
      epoch,
      bytes,
      lines.map(({ entry }) => entry.entryId),
      lines.map(({ entry }) => entry.revision),
      lines.map(({ json }) => json),
    ]);
    const [written] = writtenSchema.parse(rows);
    if (written === undefined) throw new RoomTakenError();
    return written.bytes;
  }
}

/** The room's row is the gate: whoever opens the room waits for this write, or this write is refused. */
const appendSql = `
  with held as (
    update rooms
    set bytes = bytes + $3, written_at_ms = (extract(epoch from clock_timestamp()) * 1000)::bigint
    where room_id = $1 and epoch = $2
    returning room_id, bytes
  ), written as (
    insert into entries (room_id, entry_id, revision, entry)
    select held.room_id, line.entry_id, line.revision, line.entry
    from held, unnest($4::text[], $5::bigint[], $6::json[])
      with ordinality as line (entry_id, revision, entry, place)
    order by line.place
    on conflict (room_id, entry_id) do update
      set revision = excluded.revision, entry = excluded.entry
      where entries.revision <= excluded.revision
  )
  select bytes from held`;
