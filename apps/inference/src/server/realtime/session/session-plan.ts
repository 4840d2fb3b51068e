import type { AgentSettings, Patience } from "@parley/shared/protocol/rooms-api";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { SessionManner } from "../../../session/session-manner";
import type { SessionSettings } from "../../../session/settings";
import type { ClientTools } from "../../../contracts/tool";
import { promptPhrases } from "../../recognition/prompt-phrases";
import { voiceSettings } from "../../synthesis/voice-settings";
import type { RealtimeTool, RealtimeToolChoice } from "../events/session-fields";
import type { RealtimeConfig } from "../events/shown-session";

/** What a session of the agent's is opened and changed with. */
export type SessionPlan = {
  agent: AgentSettings;
  manner: SessionManner;
  settings: SessionSettings;
};

/**
 * Sound made ahead of its playback, in ms: clients of a WebSocket play from a buffer of their own, and
 * expect a reply faster than it is heard. A minute bounds what a barge-in wastes.
 */
const playoutLeadMs = 60_000;

/** Networks stall longer than the media-server's link does; nobody is muted without a word. */
const idleSpeechMs = 3_000;

/** Gap between the thresholds of speech and of silence, as Silero's authors recommend. */
const thresholdGap = 0.15;

const patienceOf: Readonly<Record<"low" | "medium" | "high" | "auto", Patience>> = {
  low: "patient",
  medium: "normal",
  high: "quick",
  auto: "normal",
};

/** Turns a client's settings into the session's own terms. */
export function sessionPlan(
  config: RealtimeConfig,
  { usual, synthesizer, defaultVoice }: PlanContext,
): SessionPlan {
  const { turn_detection: detection } = config.audio.input;
  const isSemantic = detection?.type === "semantic_vad";
  const isTranscription = config.type === "transcription";
  return {
    agent: {
      name: "Parley",
      instructions: config.instructions,
      greeting: "",
      answers: "always",
      voice: voiceSettings({ voice: config.audio.output.voice }, synthesizer, defaultVoice).voice,
      // The voice's first.
      language: "",
      patience: isSemantic ? patienceOf[detection.eagerness] : "normal",
      // A client expects its own tools alone.
      tools: [],
    },
    manner: {
      turnEnd: turnEndOf(detection),
      answers: detection?.create_response === true && !isTranscription ? "by-itself" : "when-asked",
      interruption: detection?.interrupt_response === true ? "judged" : "never",
      // A client's responses are those that it knows the reason of.
      nudges: false,
      terms: termsOf(config.audio.input.transcription),
      isWritten: !config.output_modalities.includes("audio"),
      voiceSpeed: config.audio.output.speed,
      maxReplyTokens: maxTokensOf(config.max_output_tokens),
      clientTools: clientTools(config.tools, config.tool_choice),
    },
    settings: {
      ...usual,
      playoutLeadMs,
      idleSpeechMs,
      // The first half of a turn is an item of its own already.
      lateCorrectionMs: -1,
      ...(detection?.type === "server_vad" ? detected(detection, usual) : {}),
    },
  };
}

export type PlanContext = {
  /** The operator's settings of a conversation. */
  usual: SessionSettings;
  synthesizer: Synthesizer;
  defaultVoice: string;
};

/** @returns the tools on offer; with `none` the model is told of none */
export function clientTools(
  tools: readonly RealtimeTool[],
  choice: RealtimeToolChoice,
): ClientTools {
  const offers = choice === "none" ? [] : tools;
  if (typeof choice === "object") return { offers, choice: { name: choice.name } };
  return { offers, choice: choice === "required" ? "required" : "auto" };
}

/** @returns names and terms that a client's transcription names */
function termsOf(transcription: RealtimeConfig["audio"]["input"]["transcription"]): string[] {
  const { prompt = "", keywords = [] } = transcription ?? {};
  return promptPhrases([prompt, ...keywords].join("\n"));
}

/** @returns the limit on a reply's tokens; null for none */
export function maxTokensOf(limit: number | "inf"): number | null {
  return limit === "inf" ? null : limit;
}

function turnEndOf(
  detection: RealtimeConfig["audio"]["input"]["turn_detection"],
): SessionManner["turnEnd"] {
  if (detection === null) return "told";
  if (detection.type === "semantic_vad") return "detected";
  return { silenceMs: detection.silence_duration_ms };
}

function detected(
  { threshold, prefix_padding_ms, silence_duration_ms }: ServerDetection,
  usual: SessionSettings,
): Partial<SessionSettings> {
  return {
    speechStartThreshold: threshold,
    speechStopThreshold: Math.max(0.01, threshold - thresholdGap),
    // The recogniser needs its own lead, however little a client asks for.
    preRollMs: Math.max(usual.preRollMs, Math.min(prefix_padding_ms, 5_000)),
    statementWaitMs: silence_duration_ms,
    longestWaitMs: Math.max(silence_duration_ms, usual.shortestWaitMs),
  };
}

type ServerDetection = Extract<
  RealtimeConfig["audio"]["input"]["turn_detection"],
  { type: "server_vad" }
>;
