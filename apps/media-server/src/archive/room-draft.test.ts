import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import { sampleEntry } from "./conformance/samples";
import { RoomDraft } from "./room-draft";

/** A storage that answers when it is told to. */
class SlowSink {
  readonly written: string[] = [];
  answer: () => void = () => undefined;

  write({ text }: TranscriptEntry): Promise<void> {
    this.written.push(text);
    return new Promise((resolve) => (this.answer = resolve));
  }
  remove(): Promise<void> {
    this.written.push("(gone)");
    return Promise.resolve();
  }
}

let clock: FakeClock;
let sink: SlowSink;
let draft: RoomDraft;
const reply: TranscriptEntry = { ...sampleEntry("one"), kind: "reply", isFinal: false };
const say = (text: string) => {
  draft.keep({ ...reply, text });
};

beforeEach(() => {
  clock = new FakeClock();
  sink = new SlowSink();
  draft = new RoomDraft(sink, clock);
});

test("is written at once, and then twice a second at most, in its latest form", async () => {
  say("one");
  say("one two");
  expect(sink.written).toEqual(["one"]);
  sink.answer();
  await clock.advance(499);
  say("one two three");
  expect(sink.written).toEqual(["one"]);
  await clock.advance(1);
  expect(sink.written).toEqual(["one", "one two three"]);
});

test("waits for a storage that is slow, without a queue", async () => {
  for (const text of ["one", "two", "three", "four"]) {
    say(text);
    await clock.advance(5_000);
  }
  expect(sink.written).toEqual(["one"]);
  sink.answer();
  await clock.advance(500);
  expect(sink.written).toEqual(["one", "four"]);
});

test("is written without a wait when its room is given up", async () => {
  say("one");
  sink.answer();
  await clock.advance(0);
  say("one two");
  const settled = draft.settle();
  await clock.advance(0);
  expect(sink.written).toEqual(["one", "one two"]);
  sink.answer();
  await settled;
  expect(sink.written).toEqual(["one", "one two"]);
});

test("is taken away once its line is final, and no earlier form of it is written", async () => {
  say("one");
  say("one two");
  draft.ended(reply.entryId);
  sink.answer();
  await clock.advance(5_000);
  expect(sink.written).toEqual(["one"]);
  await draft.settle();
  expect(sink.written).toEqual(["one", "(gone)"]);
});

test("survives a storage that refuses it", async () => {
  sink.write = () => Promise.reject(new Error("the disk is full"));
  say("one");
  await clock.advance(500);
  await draft.settle();
  expect(sink.written).toEqual([]);
});
