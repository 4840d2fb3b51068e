import type {
  RealtimeAudioFormat,
  RealtimeTurnDetection,
  SessionFields,
} from "../events/session-fields";
import type { RealtimeConfig, ShownSession } from "../events/shown-session";

type InputFields = NonNullable<NonNullable<SessionFields["audio"]>["input"]>;

const pcm: RealtimeAudioFormat = { type: "audio/pcm", rate: 24_000 };

/** Turn detection of sessions that set none: OpenAI's default. */
const usualDetection: RealtimeTurnDetection = {
  type: "server_vad",
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
};

/** Settings of a session before the client sets any. */
export function initialConfig(session: {
  id: string;
  type: RealtimeConfig["type"];
  model: string;
  voice: string;
}): RealtimeConfig {
  const { id, type, model, voice } = session;
  return {
    id,
    object: "realtime.session",
    type,
    model,
    instructions: "",
    output_modalities: ["audio"],
    tools: [],
    tool_choice: "auto",
    max_output_tokens: "inf",
    include: null,
    prompt: null,
    tracing: null,
    truncation: "auto",
    audio: {
      input: {
        format: pcm,
        noise_reduction: null,
        turn_detection: usualDetection,
        transcription: type === "transcription" ? {} : null,
      },
      output: { format: pcm, voice, speed: 1 },
    },
  };
}

/** @param changes what is absent stays as it is; null switches off */
export function withChanges(config: RealtimeConfig, changes: SessionFields): RealtimeConfig {
  const { audio = {} } = changes;
  const output = { ...config.audio.output, ...given(audio.output ?? {}) };
  const input = { ...config.audio.input, ...given(audio.input ?? {}) };
  const { id, object, type } = config;
  if (type === "transcription" && endsTurnsItself(config, audio.input)) input.turn_detection = null;
  return { ...config, ...given(changes), id, object, type, audio: { input, output } };
}

/** OpenAI's models that detect no turns, and whose clients say nothing of detection. */
const turnless = /^gpt-(?:realtime-whisper|live-transcribe)/u;

function endsTurnsItself(config: RealtimeConfig, input: InputFields | undefined): boolean {
  const isUsual = config.audio.input.turn_detection === usualDetection;
  const isSet = input?.turn_detection !== undefined;
  return isUsual && !isSet && turnless.test(input?.transcription?.model ?? "");
}

type Given<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** @returns the fields that have a value */
function given<Fields extends object>(fields: Fields): Partial<Given<Fields>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Given<Fields>>;
}

/** Settings as the client sees them: a transcription session has none of replies. */
export function shownConfig(config: RealtimeConfig): ShownSession {
  if (config.type === "realtime") return config;
  const { id, type, audio } = config;
  return { id, object: "realtime.transcription_session", type, audio: { input: audio.input } };
}
