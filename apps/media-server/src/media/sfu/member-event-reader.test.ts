import { newId, type EntryId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, test } from "vitest";
import { MemberEventReader } from "./member-event-reader";

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const message = { type: "message", messageId: newId<EntryId>(), text: " hello " };

test("events are parsed; a message's text is trimmed", () => {
  const reader = new MemberEventReader(new FakeClock());
  expect(reader.read(bytes(message))).toEqual({ event: { ...message, text: "hello" } });
  const interrupt = { type: "interrupt", replyId: null };
  expect(reader.read(bytes(interrupt))).toEqual({ event: interrupt });
});

test.each([
  [Buffer.from("{"), { dropped: "invalid-request" }],
  [Buffer.alloc(0), { dropped: "invalid-request" }],
  [Buffer.from([0xff, 0xfe, 0x00]), { dropped: "invalid-request" }],
  [bytes(null), { dropped: "invalid-request" }],
  [bytes(7), { dropped: "invalid-request" }],
  [bytes({ type: "message", messageId: "x", text: "hi" }), { dropped: "invalid-request" }],
  [bytes({ ...message, text: "  " }), { dropped: "invalid-request" }],
  [bytes({ ...message, text: "x".repeat(20_000) }), { dropped: "frame-too-large" }],
  [bytes({ type: "type-of-a-newer-version" }), { ignored: "unknown-type" }],
])("%s gives %j", (given, result) => {
  expect(new MemberEventReader(new FakeClock()).read(given)).toEqual(result);
});

test("a flood is rate-limited and passes again later", async () => {
  const clock = new FakeClock();
  const reader = new MemberEventReader(clock);
  for (let count = 0; count < 20; count++) reader.read(bytes(message));
  expect(reader.read(bytes(message))).toEqual({ dropped: "too-many-requests" });
  await clock.advance(1_000);
  expect(reader.read(bytes(message))).toHaveProperty("event");
});
