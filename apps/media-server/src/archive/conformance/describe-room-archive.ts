import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ArchiveEvent, RoomArchive, RoomRecord } from "../../contracts/room-archive";
import { sampleEntry, sampleRecord } from "./samples";

/** A kind of archive under test, with the storage behind it. */
export type ArchiveUnderTest = {
  /** Why it cannot be tried here; null where it can. */
  whyNot: string | null;
  /** Makes an empty storage. */
  begin(): Promise<void>;
  /** Another archive on the same storage, as after a restart of the process. */
  open(): RoomArchive;
  /** From here on the storage takes nothing. */
  breakDown(): Promise<void>;
  repair(): Promise<void>;
  end(): Promise<void>;
};

/** What every archive of rooms must do, whatever stores it. */
export function describeRoomArchive(name: string, storage: ArchiveUnderTest): void {
  describe.skipIf(storage.whyNot !== null)(`${name}, as an archive of rooms`, () => {
    let archive: RoomArchive;
    let record: RoomRecord;
    const opened: RoomArchive[] = [];

    beforeAll(() => storage.begin());
    beforeEach(async () => {
      archive = open();
      record = sampleRecord();
      await archive.create(record);
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((each) => each.close()));
    });
    afterAll(() => storage.end());

    function open(): RoomArchive {
      const another = storage.open();
      opened.push(another);
      return another;
    }

    async function reopened() {
      await archive.close();
      return await open().load(record.roomId);
    }

    test("keeps a room and its entries beyond the process, in order", async () => {
      const entries = Array.from({ length: 20 }, (_, at) => sampleEntry(`line ${at}`));
      for (const entry of entries) archive.append(record.roomId, entry);
      expect(await reopened()).toEqual({ record, entries });
    });

    test("keeps every character", async () => {
      const text = '\u0000 \ud83d\ude00 \ud800 ‘“\\"\n\t {}%$1';
      const odd = { ...sampleRecord(), title: "{\"'\\}", createdAtMs: 1_790_000_000_123 };
      odd.agent = { ...odd.agent, instructions: text, tools: ["time"] };
      await archive.create(odd);
      const entry = { ...sampleEntry(text), name: "O'Neil \\ \"" };
      archive.append(odd.roomId, entry);
      await archive.close();
      expect(await open().load(odd.roomId)).toEqual({ record: odd, entries: [entry] });
    });

    test("knows no room that was never made", async () => {
      expect(await archive.load(newId<RoomId>())).toBeNull();
      expect(await archive.open(newId<RoomId>())).toBeNull();
      expect(await archive.has(newId<RoomId>())).toBe(false);
      expect(await archive.has(record.roomId)).toBe(true);
    });

    test("replaces an entry by its later revision, in its place", async () => {
      const first = sampleEntry("first");
      const second = sampleEntry("second");
      archive.append(record.roomId, first);
      archive.append(record.roomId, second);
      archive.append(record.roomId, { ...first, text: "corrected", revision: 2 });
      archive.append(record.roomId, { ...first, text: "late", revision: 0 });
      const loaded = await reopened();
      expect(loaded?.entries.map(({ text }) => text)).toEqual(["corrected", "second"]);
    });

    test("adds to a room that is opened again", async () => {
      const before = sampleEntry("before");
      archive.append(record.roomId, before);
      await archive.release(record.roomId);
      const again = await archive.open(record.roomId);
      expect(again).toEqual({ record, entries: [before] });
      const after = sampleEntry("after");
      archive.append(record.roomId, after);
      expect((await reopened())?.entries).toEqual([before, after]);
    });

    test("adds what was being said when a server died, as cut off, once", async () => {
      const { roomId } = record;
      const asked = sampleEntry("tell me a story");
      archive.append(roomId, asked);
      const draft = { ...sampleEntry("Once upon"), kind: "reply" as const, isFinal: false };
      archive.keepDraft(roomId, draft);
      archive.keepDraft(roomId, { ...draft, text: "Once upon a time", revision: 7 });
      expect((await archive.load(roomId))?.entries).toEqual([asked]);
      expect((await reopened())?.entries).toEqual([asked]);

      const next = open();
      const cutOff = { ...draft, text: "Once upon a time", revision: 8 };
      const entries = [asked, { ...cutOff, isFinal: true, isInterrupted: true }];
      expect((await next.open(roomId))?.entries).toEqual(entries);
      await next.close();
      const last = open();
      expect((await last.load(roomId))?.entries).toEqual(entries);
      expect((await last.open(roomId))?.entries).toEqual(entries);
    });

    test("adds nothing where what was being said became final, or was never heard", async () => {
      const { roomId } = record;
      const reply = { ...sampleEntry("It is noon."), kind: "reply" as const };
      archive.keepDraft(roomId, { ...reply, text: "It is", revision: 0, isFinal: false });
      archive.append(roomId, reply);
      await archive.release(roomId);
      expect((await archive.open(roomId))?.entries).toEqual([reply]);
      archive.keepDraft(roomId, { ...sampleEntry(" "), isFinal: false });
      await archive.close();
      expect((await open().open(roomId))?.entries).toEqual([reply]);
    });

    test("keeps in memory what the storage does not take, says so, and stores it later", async () => {
      const events: ArchiveEvent[] = [];
      archive.subscribe((event) => events.push(event));
      const stored = sampleEntry("stored");
      archive.append(record.roomId, stored);
      await archive.release(record.roomId);
      await archive.open(record.roomId);
      await storage.breakDown();
      const waiting = [sampleEntry("one"), sampleEntry("two")];
      for (const entry of waiting) archive.append(record.roomId, entry);
      await vi.waitFor(() => {
        expect(archive.storage(record.roomId)).toBe("waiting");
        expect(archive.isWritable).toBe(false);
      }, patience);
      await expect(archive.create(sampleRecord())).rejects.toMatchObject({
        code: "storage-unavailable",
        isRetryable: true,
      });
      await storage.repair();
      await vi.waitFor(() => {
        expect(archive.storage(record.roomId)).toBe("kept");
        expect(archive.isWritable).toBe(true);
      }, patience);
      const { roomId } = record;
      expect(events).toEqual([
        { type: "storage-changed", roomId, storage: "waiting" },
        { type: "storage-changed", roomId, storage: "kept" },
      ]);
      expect((await reopened())?.entries).toEqual([stored, ...waiting]);
    });

    test("lists rooms by when they were written to last", async () => {
      const { roomId } = record;
      const find = async (beforeMs: number | null) => {
        const listings = await archive.list({ limit: 500, beforeMs });
        return listings.find((listing) => listing.record.roomId === roomId);
      };
      const listing = await find(null);
      expect(listing?.record).toEqual(record);
      const writtenAtMs = listing?.lastWrittenAtMs ?? 0;
      expect(await find(writtenAtMs)).toBeUndefined();
      expect(await find(writtenAtMs + 1)).toEqual(listing);
      expect(await archive.list({ limit: 1, beforeMs: null })).toHaveLength(1);
      const times = (await archive.list({ limit: 500, beforeMs: null })).map(
        ({ lastWrittenAtMs }) => lastWrittenAtMs,
      );
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });

    test("deletes a room with all that was said in it, what still waits included", async () => {
      const { roomId } = record;
      archive.append(roomId, sampleEntry("stored"));
      await archive.release(roomId);
      await archive.open(roomId);
      archive.append(roomId, sampleEntry("on its way"));
      archive.keepDraft(roomId, { ...sampleEntry("being said"), isFinal: false });
      expect(await archive.delete(roomId)).toBe(true);
      expect(await archive.load(roomId)).toBeNull();
      expect(await archive.delete(roomId)).toBe(false);
      expect(await reopened()).toBeNull();
    });

    test("shows entries that still wait", async () => {
      const kept = sampleEntry("kept");
      const late = sampleEntry("late");
      archive.append(record.roomId, kept);
      archive.append(record.roomId, late);
      expect((await archive.load(record.roomId))?.entries).toEqual([kept, late]);
    });
  });
}

/** For what hangs, not for what is slow. */
const patience = { timeout: 60_000, interval: 20 };
