import { PostgresServer, whyNoPostgres } from "@parley/fleet/testing/postgres-server";
import { systemClock } from "@parley/shared/async/clock";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../contracts/log";
import { describeRoomArchive } from "../conformance/describe-room-archive";
import { sampleEntry, sampleRecord } from "../conformance/samples";
import type { ArchiveEvent } from "../../contracts/room-archive";
import { migrations } from "./migrations";
import { PostgresRoomArchive } from "./postgres-room-archive";

const services = { clock: systemClock, log: silentLog };
const patience = { timeout: 60_000, interval: 20 };
let postgres: PostgresServer;
if (whyNoPostgres !== null) console.warn(`left out: ${whyNoPostgres}`);

describeRoomArchive("PostgreSQL", {
  whyNot: whyNoPostgres,
  begin: async () => {
    postgres = await PostgresServer.start();
  },
  open: () => new PostgresRoomArchive(postgres.url, services),
  breakDown: () => postgres.interrupt(),
  repair: () => postgres.resume(),
  end: () => postgres.stop(),
});

describe.skipIf(whyNoPostgres !== null)("several servers on one PostgreSQL", () => {
  const opened: PostgresRoomArchive[] = [];

  beforeAll(async () => {
    postgres = await PostgresServer.start();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((archive) => archive.close()));
  });
  afterAll(() => postgres.stop());

  function open(): PostgresRoomArchive {
    const archive = new PostgresRoomArchive(postgres.url, services);
    opened.push(archive);
    return archive;
  }

  it("prepare an empty database once, and can start together", async () => {
    const archives = [open(), open(), open(), open()];
    const records = archives.map(() => sampleRecord());
    await Promise.all(archives.map((archive, at) => archive.create(records[at]!)));
    for (const { roomId } of records) expect(await archives[0]!.has(roomId)).toBe(true);
    const client = new Client(postgres.url);
    await client.connect();
    const { rows } = await client.query("select name from migrations order by name");
    await client.end();
    expect(rows).toEqual(migrations.map(({ name }) => ({ name })));
  });

  it("refuse the lines of one that has lost the room, and take those of its successor", async () => {
    const [first, second] = [open(), open()];
    const record = sampleRecord();
    const { roomId } = record;
    await first.create(record);
    const kept = sampleEntry("before");
    first.append(roomId, kept);
    await vi.waitFor(async () => {
      expect((await second.load(roomId))?.entries).toEqual([kept]);
    }, patience);

    const events: ArchiveEvent[] = [];
    first.subscribe((event) => events.push(event));
    expect(await second.open(roomId)).toEqual({ record, entries: [kept] });
    first.append(roomId, sampleEntry("refused"));
    const next = sampleEntry("next");
    second.append(roomId, next);
    await vi.waitFor(() => {
      expect(events).toEqual([{ type: "taken", roomId }]);
    }, patience);
    await second.release(roomId);
    expect((await first.load(roomId))?.entries).toEqual([kept, next]);

    // It may have the room again, and write again.
    await first.release(roomId);
    expect((await first.open(roomId))?.entries).toEqual([kept, next]);
    const last = sampleEntry("last");
    first.append(roomId, last);
    await first.release(roomId);
    expect((await second.load(roomId))?.entries).toEqual([kept, next, last]);
  });

  it("take no word from one that has lost the room, nor from one before the last", async () => {
    const [first, second] = [open(), open()];
    const record = sampleRecord();
    const { roomId } = record;
    await first.create(record);
    const draft = { ...sampleEntry("Once"), isFinal: false };
    first.keepDraft(roomId, draft);
    await first.release(roomId);
    // A server of the version before has the room meanwhile, and knows no drafts.
    const client = new Client(postgres.url);
    await client.connect();
    await client.query("update rooms set epoch = epoch + 1 where room_id = $1", [roomId]);
    await client.end();
    expect((await second.open(roomId))?.entries).toEqual([]);

    expect((await first.open(roomId))?.entries).toEqual([]);
    second.keepDraft(roomId, { ...draft, text: "Too late" });
    await second.release(roomId);
    expect((await second.open(roomId))?.entries).toEqual([]);
  });

  it("start without the database, and are not ready until it is there", async () => {
    await postgres.interrupt("SIGINT");
    const archive = open();
    const record = sampleRecord();
    await expect(archive.create(record)).rejects.toMatchObject({ code: "storage-unavailable" });
    expect(archive.isWritable).toBe(false);
    await postgres.resume();
    await vi.waitFor(() => {
      expect(archive.isWritable).toBe(true);
    }, patience);
    await archive.create(record);
    expect(await archive.load(record.roomId)).toEqual({ record, entries: [] });
  });
});
