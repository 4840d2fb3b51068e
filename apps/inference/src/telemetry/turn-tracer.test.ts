import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import { systemClock } from "@parley/shared/async/clock";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { SpanCollector } from "@parley/telemetry/testing/span-collector";
import { afterEach, expect, it } from "vitest";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";
import { TurnTracer } from "./turn-tracer";

const roomId = newId<RoomId>();
let collector: SpanCollector;

afterEach(() => collector.tracing.close());

function traced(options: ScriptOptions & { hasSpeech?: boolean } = {}) {
  collector = new SpanCollector({ hasSpeech: options.hasSpeech ?? false });
  const sent: LinkNotice[] = [];
  const clock = { ...systemClock, now: () => script?.clock.now() ?? 0 };
  const tracer = new TurnTracer(collector.tracing, clock);
  const common = { members: [], history: [] };
  const agent = agentSettingsSchema.parse({});
  tracer.requested({ type: "session-open", protocol: 1, roomId, agent, ...common });
  let script: ConversationScript | null = null;
  // Notices leave while it is being made, too.
  script = new ConversationScript({
    ...options,
    onNotice: (notice) => {
      sent.push(tracer.noticed(notice));
    },
  });
  return { script, tracer, sent };
}

it("makes one trace of a turn, whose steps lie within it and whose waits add up", async () => {
  const { script, sent } = traced();
  await script.says("what is the weather like");
  await script.until("reply-end");
  const turn = collector.span("turn");
  const [timings] = script.all("turn-timings");
  expect(turn.attributes).toMatchObject({
    "parley.room.id": roomId,
    "parley.turn.id": timings?.timings.turnId,
    "parley.reply.id": timings?.timings.replyId,
    "parley.turn.end": "answered",
  });
  const { spans } = collector;
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const steps = [
    "microphone",
    "voice activity",
    "end of turn",
    "recognition",
    "synthesis",
    "answer",
  ];
  expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(steps));
  for (const span of spans.filter(({ name }) => name !== "turn")) {
    expect(span.startMs).toBeGreaterThanOrEqual(turn.startMs);
    expect(span.endMs).toBeLessThanOrEqual(turn.endMs);
  }
  const answer = collector.span("answer");
  expect(answer.startMs).toBe(collector.span("microphone").endMs);
  expect(answer.endMs).toBe(timings?.timings.playoutStartedAtMs);
  const parts = spans.filter(({ parentSpanId }) => parentSpanId === answer.spanId);
  const sum = parts.reduce((ms, { startMs, endMs }) => ms + endMs - startMs, 0);
  expect(sum).toBeCloseTo(answer.endMs - answer.startMs, 3);
  // The media server adds what was heard to the same trace.
  const started = sent.find((notice) => notice.type === "reply-start");
  expect(started).toMatchObject({ traceparent: `00-${turn.traceId}-${turn.spanId}-01` });
});

it("keeps what was said out of traces, unless it is wanted there", async () => {
  const secret = "what is the weather like";
  const { script } = traced();
  await script.says(secret);
  await script.until("reply-end");
  expect(JSON.stringify(collector.spans)).not.toMatch(/weather|Very well/);
  await collector.tracing.close();

  const talkative = traced({ hasSpeech: true });
  await talkative.script.says(secret);
  await talkative.script.until("reply-end");
  expect(collector.span("turn").attributes).toMatchObject({
    "parley.turn.text": secret,
    "parley.reply.text": "Very well.",
  });
});

it("ends the trace of a turn that is cut off, and of one that nobody answers", async () => {
  const { script, tracer } = traced({ settings: { lateCorrectionMs: 0 } });
  await script.says("tell me a story");
  await script.until("reply-spoken");
  await script.interrupts();
  await script.until("reply-end");
  expect(collector.span("turn").attributes).toMatchObject({ "parley.turn.end": "cut-off" });
  await script.says("what is the weather like");
  await script.until("transcript-final", 2);
  tracer.closed();
  expect(collector.spans.at(-1)?.attributes).toMatchObject({
    "parley.turn.end": "session-closed",
  });
});
