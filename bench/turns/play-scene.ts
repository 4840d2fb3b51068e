import { audibleLevel } from "../../e2e/support/audio-probe";
import type { SpeechModels } from "@parley/speech/engines/open-speech";
import type { Policy } from "./policies";
import { VirtualRoom, type TimedNotice } from "./room/virtual-room";
import type { Scene, SceneStep, Who } from "./scenes/scene";
import type { SoundBooth } from "./sounds/sound-booth";

export type Span = { fromMs: number; toMs: number };

/** What happened in a scene. Times count from its beginning. */
export type PlayedScene = {
  /** In order; each with its parts between pauses. */
  said: { who: Who; parts: Span[] }[];
  /** When the agent was heard, reply by reply; pauses between its sentences are part of it. */
  heard: (Span & { replyId: string })[];
  notices: TimedNotice[];
  /** The transcript of people as it stands in the end. */
  lines: { who: string; text: string }[];
  /** What was heard of replies that are over. */
  replies: string[];
};

export type Stage = {
  models: Pick<SpeechModels, "recognizer" | "voiceActivityDetector" | "synthesizer">;
  booth: SoundBooth;
  policy: Policy;
  /** Voices of the synthesiser. */
  voices: Readonly<Record<Who, string>>;
};

/** Longer silence of the agent ends what is heard: its sentences are 250 ms apart. */
const longestGapMs = 300;
const answerHeardMs = 1_000;
const pollMs = 100;

/** Plays a scene in virtual time. */
export async function playScene(scene: Scene, stage: Stage): Promise<PlayedScene> {
  const { models, policy } = stage;
  const members = scene.members ?? ["Robin"];
  const room = await VirtualRoom.open({ models, policy, members, echo: scene.echo ?? null });
  try {
    const said: PlayedScene["said"] = [];
    for (const step of scene.steps) await take(step, { room, said, stage });
    const { notices } = room;
    const lines = transcriptOf(room);
    const replies = notices.flatMap(({ notice }) =>
      notice.type === "reply-end" ? [notice.text] : [],
    );
    return { said, heard: heardIn(room), notices, lines, replies };
  } finally {
    room.close();
  }
}

async function take(
  step: SceneStep,
  { room, said, stage }: { room: VirtualRoom; said: PlayedScene["said"]; stage: Stage },
): Promise<void> {
  switch (step.type) {
    case "types":
      room.type(step.text);
      return;
    case "passes":
      await room.pass(step.ms);
      return;
    case "begins": {
      const { who, afterMs = 0 } = step;
      const made = await stage.booth.make(step.sound, stage.voices[who], step.levelDb);
      const startMs = room.nowMs + afterMs;
      const parts = made.parts.map(({ fromMs, toMs }) => ({
        fromMs: startMs + fromMs,
        toMs: startMs + toMs,
      }));
      said.push({ who, parts });
      room.begin(who === "television" ? "Robin" : who, made.samples, afterMs);
      return;
    }
    case "finishes":
      await room.pass(lastWordMs(said) - room.nowMs);
      return;
    case "awaits-answer":
      await awaitAnswer(room, lastWordMs(said), step.limitMs);
  }
}

async function awaitAnswer(room: VirtualRoom, sinceMs: number, limitMs: number): Promise<void> {
  while (room.nowMs < sinceMs + limitMs) {
    await room.pass(pollMs);
    const last = heardIn(room).at(-1);
    if (last !== undefined && last.fromMs >= sinceMs && room.nowMs > last.fromMs + answerHeardMs) {
      return;
    }
  }
}

function lastWordMs(said: PlayedScene["said"]): number {
  return Math.max(...said.map(({ parts }) => parts.at(-1)?.toMs ?? 0));
}

function heardIn({ voice, startMs }: VirtualRoom): PlayedScene["heard"] {
  const spans: PlayedScene["heard"] = [];
  for (const { atMs, level, replyId } of voice.frames) {
    if (level < audibleLevel || replyId === null) continue;
    const fromMs = atMs - startMs;
    const last = spans.at(-1);
    if (last?.replyId === replyId && fromMs - last.toMs <= longestGapMs) last.toMs = fromMs + 20;
    else spans.push({ fromMs, toMs: fromMs + 20, replyId });
  }
  return spans;
}

function transcriptOf(room: VirtualRoom): PlayedScene["lines"] {
  const lines = new Map<string, PlayedScene["lines"][number]>();
  for (const { notice } of room.notices) {
    if (notice.type === "transcript-retract") lines.delete(notice.turnId);
    if (notice.type !== "transcript-final") continue;
    lines.set(notice.turnId, { who: room.nameOf(notice.memberId), text: notice.text });
  }
  return [...lines.values()];
}
