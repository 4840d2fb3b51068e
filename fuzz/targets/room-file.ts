import { readArchiveLines } from "@parley/media-server/archive/archive-line";
import { formatTranscript } from "@parley/media-server/http/format-transcript";
import { roomIdSchema } from "@parley/shared/protocol/ids";
import fc from "fast-check";
import { fuzzTarget } from "../fuzz-target";
import { fixedIds } from "../inputs/fixed-ids";
import { mutatedText } from "../inputs/mutated-bytes";
import { nearly } from "../inputs/nearly";

const roomId = roomIdSchema.parse(fixedIds.room);
const agent = { name: "Parley", instructions: "", greeting: "", voice: "" };
const room = { roomId, title: "Plans", agent, createdAtMs: 1_790_000_000_000 };
const entry = {
  entryId: fixedIds.entry,
  memberId: fixedIds.member,
  name: "Ada",
  kind: "turn",
  text: "Good morning.",
  isInterrupted: false,
  revision: 1,
  isFinal: true,
  startedAtMs: 1_790_000_000_000,
};
const lines = [
  { type: "room", version: 1, room },
  { type: "entry", entry },
];
const rooms = nearly(room).map((value) => JSON.stringify({ ...lines[0], room: value }));
const entries = nearly(entry).map((value) => JSON.stringify({ ...lines[1], entry: value }));
const whole = lines.map((line) => JSON.stringify(line)).join("\n");

export const roomFile = fuzzTarget({
  name: "room-file",
  about: "lines of a room's file, and the transcript that is made of them",
  inputs: fc.oneof(
    fc.array(fc.oneof(rooms, entries), { maxLength: 8 }).map((all) => all.join("\n")),
    mutatedText(`${whole}\n`).map((bytes) => new TextDecoder().decode(bytes)),
  ),
  open: () => ({
    check: (text) => {
      const archived = readArchiveLines(text, roomId);
      const count = text.split("\n").length;
      if (archived.entries.length + archived.unreadable > count) throw new Error("too many lines");
      const ids = new Set(archived.entries.map(({ entryId }) => entryId));
      if (ids.size !== archived.entries.length) throw new Error("an entry came twice");
      if (archived.room === null) return;
      const { room, entries } = archived;
      const written = [...formatTranscript({ record: room, entries })].join("");
      if (written.split("\n").length < entries.length) throw new Error("the text lacks entries");
    },
  }),
});
