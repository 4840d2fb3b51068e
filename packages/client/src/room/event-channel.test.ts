import { AppError } from "@parley/shared/errors";
import type { ReplyId } from "@parley/shared/protocol/ids";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, it } from "vitest";
import { sampleId, sampleSnapshot } from "../testing/room-samples";
import { EventChannel } from "./event-channel";

let seen: string[];
let answers: (() => Promise<RoomSnapshot>)[];
let clock: FakeClock;
let channel: EventChannel;

beforeEach(() => {
  seen = [];
  answers = [];
  clock = new FakeClock();
  channel = new EventChannel({
    requestSnapshot: () => {
      seen.push("requested");
      return answers.shift()?.() ?? new Promise(() => undefined);
    },
    onEvent: (body) => {
      seen.push(body.type === "reply-flush" ? body.replyId.replaceAll("-", "") : body.type);
    },
    onSnapshot: (snapshot) => {
      seen.push(`snapshot ${snapshot.sequence}`);
    },
    clock,
  });
});

/** Event that appears in `seen` under its sequence number. */
function event(sequence: number): string {
  const replyId = sampleId<ReplyId>(`e${sequence}`);
  return JSON.stringify({ sequence, body: { type: "reply-flush", replyId } });
}

function answer(sequence: number): void {
  answers.push(() => Promise.resolve(sampleSnapshot({ sequence })));
}

describe("an undisturbed channel", () => {
  it("keeps events before the first snapshot and delivers the newer ones", () => {
    for (const sequence of [4, 5, 6]) channel.receive(event(sequence));
    channel.applySnapshot(sampleSnapshot({ sequence: 5 }));
    channel.receive(event(7));
    expect(seen).toEqual(["snapshot 5", "e6", "e7"]);
  });

  it("delivers each event once", () => {
    channel.applySnapshot(sampleSnapshot());
    for (const sequence of [1, 1, 2, 1, 2, 3]) channel.receive(event(sequence));
    expect(seen).toEqual(["snapshot 0", "e1", "e2", "e3"]);
  });

  it("counts events of unknown types and ignores anything else", () => {
    channel.applySnapshot(sampleSnapshot());
    channel.receive(JSON.stringify({ sequence: 1, body: { type: "from-the-future" } }));
    for (const noise of ["", "{", "null", "[]", '{"body":{}}', new ArrayBuffer(4), undefined]) {
      channel.receive(noise);
    }
    channel.receive(event(2));
    expect(seen).toEqual(["snapshot 0", "e2"]);
  });
});

describe("a channel that has lost messages", () => {
  it("requests a snapshot once and continues after it", async () => {
    channel.applySnapshot(sampleSnapshot({ sequence: 1 }));
    answer(4);
    for (const sequence of [3, 4, 5]) channel.receive(event(sequence));
    await clock.advance(0);
    expect(seen).toEqual(["snapshot 1", "requested", "snapshot 4", "e5"]);
  });

  it("requests again when more was lost meanwhile", async () => {
    channel.applySnapshot(sampleSnapshot({ sequence: 1 }));
    answer(3);
    answer(6);
    for (const sequence of [3, 6]) channel.receive(event(sequence));
    await clock.advance(0);
    expect(seen).toEqual(["snapshot 1", "requested", "snapshot 3", "requested", "snapshot 6"]);
  });

  it("retries while no snapshot comes", async () => {
    channel.applySnapshot(sampleSnapshot({ sequence: 1 }));
    answers.push(() => Promise.reject(new AppError("timeout", "late")));
    answer(3);
    channel.receive(event(3));
    await clock.advance(1_500);
    expect(seen).toEqual(["snapshot 1", "requested", "requested", "snapshot 3"]);
  });

  it("prefers the snapshot of joining again and drops the late answer", async () => {
    channel.applySnapshot(sampleSnapshot({ sequence: 1 }));
    answers.push(async () => {
      await clock.delay(500);
      return sampleSnapshot({ sequence: 3 });
    });
    channel.receive(event(3));
    channel.applySnapshot(sampleSnapshot({ sequence: 8 }));
    channel.receive(event(9));
    await clock.advance(1_000);
    expect(seen).toEqual(["snapshot 1", "requested", "snapshot 8", "e9"]);
  });

  it("catches up with what was published before it was open, though no event follows", async () => {
    channel.applySnapshot(sampleSnapshot({ sequence: 1 }));
    answer(3);
    await channel.catchUp();
    channel.receive(event(4));
    expect(seen).toEqual(["snapshot 1", "requested", "snapshot 3", "e4"]);
  });

  it("catches up without a second snapshot where nothing was lost", async () => {
    channel.applySnapshot(sampleSnapshot({ sequence: 1 }));
    answers.push(async () => {
      await clock.delay(200);
      return sampleSnapshot({ sequence: 2 });
    });
    const catchingUp = channel.catchUp();
    channel.receive(event(2));
    await clock.advance(500);
    await catchingUp;
    expect(seen).toEqual(["snapshot 1", "requested", "e2"]);
  });

  it("delivers nothing once closed", () => {
    channel.applySnapshot(sampleSnapshot());
    channel.close();
    channel.receive(event(1));
    channel.applySnapshot(sampleSnapshot({ sequence: 5 }));
    expect(seen).toEqual(["snapshot 0"]);
  });
});
