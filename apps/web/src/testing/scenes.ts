import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { FakeRoomClient } from "@parley/client/testing/fake-room-client";
import {
  adaId,
  agentId,
  benId,
  sampleHearing,
  sampleEntry,
  sampleMember,
  sampleSnapshot,
  sampleTimings,
  sampleToolEntry,
} from "@parley/client/testing/room-samples";

const startMs = Date.now() - 240_000;

const conversation: TranscriptEntry[] = [
  line("hello", agentId, "Hello! I am listening.", 0),
  line("bed", adaId, "We have four raised beds, and two of them stand in the shade until noon.", 9),
  line("what", benId, "And I really want tomatoes this year.", 16),
  line(
    "sun",
    agentId,
    "Then give the tomatoes the two sunny beds. Lettuce, spinach and chard are happy with the morning shade",
    20,
    { isInterrupted: true },
  ),
  line("peas", adaId, "Wait, what about peas?", 31),
  line(
    "trellis",
    agentId,
    "Peas like it cool, so the shady beds suit them. Sow them along the north edge, where a trellis takes no light from the rest.",
    34,
  ),
  line("note", benId, "trellis: 1.8 m, from the shed", 58, { kind: "message" }),
];

const speaking = line(
  "when",
  agentId,
  "About the second week of April, as soon as the soil can be worked. Soak the seeds overnight first, and",
  70,
  { isFinal: false },
);

const toolUses = [
  sampleToolEntry("convert", {}, { startedAtMs: startMs + 67_000 }),
  sampleToolEntry(
    "page",
    {
      title: "Web page",
      request: "https://www.example.org/gardening/sowing-dates-for-peas",
      state: "failed",
      result: "The page cannot be reached.",
    },
    { startedAtMs: startMs + 68_000 },
  ),
  sampleToolEntry(
    "timer",
    { title: "Timer", request: "minutes: 5, label: the soil", state: "running", result: "" },
    { startedAtMs: startMs + 69_000 },
  ),
];

/** Emits the events that lead a fake room to a scene of the fixture page. */
export function playScene(client: FakeRoomClient, scene: string): void {
  client.emit({ type: "microphone-changed", microphone: { state: "open" } });
  if (scene === "entering") return;
  const state = agentStateOf(scene);
  const entries =
    scene === "empty"
      ? []
      : [
          ...conversation,
          line("ask", adaId, "Good. When do we start?", 66),
          ...(scene === "tools" ? toolUses : []),
          ...(state === "speaking" ? [speaking] : []),
        ];
  client.emit(
    {
      type: "snapshot-applied",
      memberId: adaId,
      snapshot: sampleSnapshot({
        members: [
          sampleMember(agentId),
          sampleMember(adaId),
          sampleMember(benId, { isMuted: true }),
        ],
        agentState: state,
        agentHearing: { ...sampleHearing, isDemonstration: scene !== "misheard" },
        misheardMembers: scene === "misheard" ? [adaId] : [],
        agentProblem: scene === "locked" ? "unauthorised" : null,
        entries,
      }),
    },
    { type: "room-event", body: { type: "turn-timings", timings: sampleTimings() } },
    { type: "connection-changed", connection: "connected" },
  );
  if (scene === "reconnecting") {
    client.emit(
      { type: "problem-changed", problem: "server-unreachable" },
      { type: "connection-changed", connection: "reconnecting" },
    );
  }
  if (scene === "refused") {
    client.emit({
      type: "microphone-changed",
      microphone: { state: "unavailable", problem: "permission-denied" },
    });
  }
  if (scene === "muted") {
    client.emit(
      { type: "muted-changed", isMuted: true },
      { type: "muted-speech-changed", isSpeaking: true },
    );
  }
  if (scene === "failed") {
    client.emit(
      { type: "problem-changed", problem: "room-full" },
      { type: "connection-changed", connection: "failed" },
    );
  }
  setInterval(() => {
    const level = 0.25 + 0.65 * Math.abs(Math.sin(Date.now() / 190) * Math.sin(Date.now() / 470));
    const isAgent = state === "speaking";
    client.emit({
      type: "levels-changed",
      levels: new Map([[agentId, isAgent ? level : 0]]),
      microphoneLevel: state === "listening" ? level : 0,
    });
  }, 100);
}

function agentStateOf(scene: string): AgentState {
  if (scene === "listening" || scene === "thinking" || scene === "away") return scene;
  return scene === "muted" || scene === "empty" ? "listening" : "speaking";
}

function line(
  name: string,
  memberId: TranscriptEntry["memberId"],
  text: string,
  atSeconds: number,
  change: Partial<TranscriptEntry> = {},
): TranscriptEntry {
  return sampleEntry(name, {
    memberId,
    name: sampleMember(memberId).name,
    kind: memberId === agentId ? "reply" : "turn",
    text,
    startedAtMs: startMs + atSeconds * 1_000,
    ...change,
  });
}
