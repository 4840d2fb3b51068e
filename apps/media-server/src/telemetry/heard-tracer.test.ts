import {
  newId,
  type MemberId,
  type ReplyId,
  type RoomId,
  type TurnId,
} from "@parley/shared/protocol/ids";
import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { SpanCollector } from "@parley/telemetry/testing/span-collector";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HeardTracer } from "./heard-tracer";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const roomId = newId<RoomId>();
const [replyId, turnId, memberId] = [newId<ReplyId>(), newId<TurnId>(), newId<MemberId>()];

let clock: FakeClock;
let collector: SpanCollector;
let tracer: HeardTracer;

beforeEach(() => {
  clock = new FakeClock(50_000);
  collector = new SpanCollector();
  tracer = new HeardTracer(collector.tracing, clock);
});

afterEach(() => collector.tracing.close());

function notice(said: LinkNotice): void {
  tracer.handle({ type: "link-notice", roomId, notice: said });
}

function playout(playoutStartedAtMs: number): LinkNotice {
  const timings = {
    turnId,
    replyId,
    memberId,
    playoutStartedAtMs,
    speechEndedAtMs: null,
    vadStoppedAtMs: null,
    transcriptFinalAtMs: null,
    turnDecidedAtMs: null,
    chatFirstTextAtMs: null,
    firstClauseAtMs: null,
    firstAudioAtMs: null,
  };
  return { type: "turn-timings", timings };
}

test("what was heard of a reply belongs to the trace of its turn", async () => {
  notice({ type: "reply-start", replyId, turnId, traceparent });
  notice(playout(50_020));
  await clock.advance(2_000);
  notice({ type: "reply-end", replyId, text: "secret", isInterrupted: false });
  expect(collector.spans).toMatchObject([
    { name: "heard", traceId, parentSpanId: "b7ad6b7169203331", startMs: 50_020, endMs: 52_000 },
  ]);
  expect(JSON.stringify(collector.spans)).not.toContain("secret");
});

test("replies that inference does not trace, or that nobody heard, leave nothing", () => {
  notice({ type: "reply-start", replyId, turnId });
  notice(playout(50_020));
  notice({ type: "reply-end", replyId, text: "", isInterrupted: false });
  const unheard = newId<ReplyId>();
  notice({ type: "reply-start", replyId: unheard, turnId, traceparent });
  notice({ type: "reply-end", replyId: unheard, text: "", isInterrupted: true });
  expect(collector.spans).toEqual([]);
});
