import { newId, type MemberId, type ReplyId, type TurnId } from "@parley/shared/protocol/ids";
import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { openRegistry } from "@parley/telemetry/metrics/open-registry";
import type { Registry } from "prom-client";
import { beforeEach, expect, it } from "vitest";
import { inferenceMetrics } from "./inference-metrics";
import { SessionCounter } from "./session-counter";

const memberId = newId<MemberId>();
const turnId = newId<TurnId>();
const replyId = newId<ReplyId>();
const heard: LinkNotice = {
  type: "transcript-final",
  turnId,
  memberId,
  revision: 3,
  text: "Good morning.",
  startedAtMs: 9_000,
};

let registry: Registry;
let counter: SessionCounter;

beforeEach(() => {
  registry = openRegistry();
  counter = new SessionCounter(inferenceMetrics(registry));
});

async function sample(line: string): Promise<string | undefined> {
  const lines = (await registry.metrics()).split("\n");
  return lines.find((each) => each.startsWith(`${line} `))?.slice(line.length + 1);
}

it("counts a turn once, though it becomes final again, and no empty one", async () => {
  counter.noticed({ ...heard, text: " ", turnId: newId<TurnId>() });
  counter.noticed(heard);
  counter.noticed({ ...heard, revision: 4, text: "Good morning, all." });
  expect(await sample("parley_turns_total")).toBe("1");
});

it("tells a barge-in from a sound that only lowered the voice", async () => {
  counter.noticed({ type: "reply-duck", replyId });
  counter.noticed({ type: "reply-hold", replyId });
  counter.noticed({ type: "reply-resume", replyId });
  counter.noticed({ type: "reply-duck", replyId });
  counter.noticed({ type: "reply-cancel", replyId });
  counter.noticed({ type: "reply-end", replyId, text: "Good", isInterrupted: true });
  expect(await sample("parley_false_interruptions_total")).toBe("1");
  expect(await sample("parley_barge_ins_total")).toBe("1");
  expect(await sample('parley_replies_total{end="cut-off"}')).toBe("1");
});

it("measures the wait for an answer, in parts that add up to it", async () => {
  const timings = {
    turnId,
    replyId,
    memberId,
    speechEndedAtMs: 10_000,
    vadStoppedAtMs: 10_130,
    transcriptFinalAtMs: 10_200,
    turnDecidedAtMs: 10_250,
    chatFirstTextAtMs: 10_300,
    firstClauseAtMs: 10_350,
    firstAudioAtMs: 10_430,
    playoutStartedAtMs: 10_450,
  };
  counter.noticed({ type: "turn-timings", timings });
  expect(await sample("parley_answer_latency_seconds_sum")).toBe("0.45");
  const ofPart = (part: string) => sample(`parley_answer_latency_part_seconds_sum{part="${part}"}`);
  const parts = ["end-of-turn", "thinking", "voice", "playing"];
  const sums = await Promise.all(parts.map(ofPart));
  expect(sums).toEqual(["0.25", "0.1", "0.08", "0.02"]);
});

it("counts sessions and the people in them, until their link is gone", async () => {
  counter.requested({
    type: "session-open",
    protocol: 1,
    roomId: newId(),
    agent: agentSettingsSchema.parse({ name: "A", greeting: "" }),
    members: [{ memberId, name: "Ada" }],
    history: [],
  });
  counter.requested({ type: "member-joined", memberId: newId<MemberId>(), name: "Ben" });
  expect(await sample("parley_sessions")).toBe("1");
  expect(await sample("parley_session_members")).toBe("2");
  counter.closed();
  counter.closed();
  expect(await sample("parley_sessions")).toBe("0");
  expect(await sample("parley_session_members")).toBe("0");
});
