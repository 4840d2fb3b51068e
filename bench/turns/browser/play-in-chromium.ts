import { joinSamples } from "@parley/audio/join-samples";
import { AgentSound } from "../../../e2e/support/agent-sound";
import { audibleLevel, probedAudio } from "../../../e2e/support/audio-probe";
import { silence } from "../../../e2e/support/speech";
import type { Talker } from "../../../e2e/support/talker";
import { soundSpans } from "../../heard-latency/exchanges";
import { judgeUtterance } from "../outcomes/judge-utterance";
import type { OverReplyOutcome, SceneOutcome } from "../outcomes/outcome";
import type { Span } from "../play-scene";
import type { Scene, SceneStep } from "../scenes/scene";
import type { SoundBooth, SpokenParts } from "../sounds/sound-booth";

/** How the browser handles the microphone of whoever speaks. */
export type MicrophoneHandling = "echo canceller" | "headphones";

/**
 * Silence at a new microphone, in ms. Gain control learns in it, and the echo canceller: while it has
 * not heard some six seconds of the agent in a microphone without echo, it swallows whoever speaks over
 * the agent. In a conversation that was long ago; here each recording opens a new microphone.
 */
const leadMs = {
  "echo canceller": { silent: 20_000, overStory: 14_000 },
  headphones: { silent: 2_000, overStory: 6_000 },
};
/** What a canceller hears before the agent is silent again; about 12 s. */
const shortStory = "Tell me a story of four sentences.";
/** Longer than any turn waits, and a moment of the answer. */
const trailMs = 4_000;
/** Sentences of one reply are 250 ms apart, and a little of their ends is too soft to be heard. */
const gapMs = 450;
/** A reply that goes on so long after it was spoken over has not been paused for that. */
const judgedMs = 3_000;

/** What was heard in a browser: when it was said, and when the agent's sound came. Unix time. */
type HeardScene = { parts: Span[]; heard: Span[]; lines: string[]; isStoryCut: boolean };

/** Plays a scene of one person in Chromium, in real time. */
export async function playInChromium(
  scene: Scene,
  talker: Talker,
  booth: SoundBooth,
  options: { voice: string; handling: MicrophoneHandling },
): Promise<{ lines: string[]; outcome: SceneOutcome }> {
  const begun = scene.steps.find((step): step is Extract<SceneStep, { type: "begins" }> => {
    return step.type === "begins";
  });
  if (begun === undefined) throw new Error(`nobody speaks in ${scene.id}`);
  const made = await booth.make(begun.sound, options.voice, begun.levelDb);
  const isOverStory = scene.steps.some(({ type }) => type === "types");
  const seen = await hear(talker, made, isOverStory, options.handling);
  const outcome = isOverStory ? overStory(seen) : utterance(seen);
  return { lines: seen.lines, outcome };
}

async function hear(
  talker: Talker,
  made: SpokenParts,
  isOverStory: boolean,
  handling: MicrophoneHandling,
): Promise<HeardScene> {
  if (handling === "headphones") await talker.wearHeadphones();
  const sound = await AgentSound.fromNow(talker.page);
  const isTold = isOverStory || handling === "echo canceller";
  if (isTold) {
    await talker.type(isOverStory ? "Tell me a story of thirty sentences." : shortStory);
    await sound.expectVoice(1_000);
  }
  const lead = leadMs[handling][isOverStory ? "overStory" : "silent"];
  await talker.play(joinSamples([silence(lead), made.samples, silence(trailMs)]));
  const places = made.parts.flatMap(({ fromMs, toMs }) => [lead + fromMs, lead + toMs]);
  const passedAt = await talker.playedAtMs(places);
  const parts = made.parts.map((_, index) => ({
    fromMs: passedAt[2 * index] ?? 0,
    toMs: passedAt[2 * index + 1] ?? 0,
  }));
  const startMs = parts[0]?.fromMs ?? 0;
  const agent = (await probedAudio(talker.page, "agent")).chunks;
  const spans = soundSpans(agent, audibleLevel, gapMs).map(({ startMs: fromMs, endMs: toMs }) => ({
    fromMs,
    toMs,
  }));
  const heard = spans.filter(({ toMs }) => toMs > startMs);
  if (!isOverStory && heard.some(({ fromMs }) => fromMs < startMs)) {
    throw new Error("the agent still spoke when the scene began");
  }
  // The request for a story is the first line.
  const spoken = (await talker.finalLines("Robin").all()).slice(isTold ? 1 : 0);
  const lines = await Promise.all(spoken.map((line) => talker.words(line)));
  const cut = talker.finalLines("Parley").filter({ hasText: "cut short" });
  return { parts, heard, lines, isStoryCut: (await cut.count()) > 0 };
}

function utterance({ parts, heard, lines }: HeardScene): SceneOutcome {
  return judgeUtterance({
    said: [{ who: "Robin", parts }],
    heard: heard.map((span) => ({ ...span, replyId: "" })),
    notices: [],
    lines: lines.map((text) => ({ who: "Robin", text })),
    replies: [],
  });
}

function overStory({ parts, heard, isStoryCut }: HeardScene): OverReplyOutcome {
  const onsetMs = parts[0]?.fromMs ?? 0;
  const story = heard.find(({ toMs }) => toMs >= onsetMs);
  const silentAfterMs = Math.max(0, Math.round((story?.toMs ?? onsetMs) - onsetMs));
  return {
    type: "over-reply",
    // Its volume is not measured.
    isDucked: false,
    isHeld: !isStoryCut && silentAfterMs < judgedMs,
    isCancelled: isStoryCut,
    silentAfterMs: isStoryCut ? silentAfterMs : null,
  };
}
