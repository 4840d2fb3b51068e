import { join } from "node:path";
import { z } from "zod";
import { executionProviders } from "@parley/speech/runtime/execution-providers";

/** An empty variable means the same as none. */
function setting<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema);
}

const jsonObjectSchema = z.string().transform((text, context): Record<string, unknown> => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue("not a JSON object");
    return z.NEVER;
  }
});

const namesSchema = z
  .string()
  .transform((names) => names.split(",").map((name) => name.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

const variablesSchema = z.object({
  INFERENCE_HOST: setting(z.string().default("127.0.0.1")),
  INFERENCE_PORT: setting(z.coerce.number().int().min(0).max(65_535).default(8_080)),
  MAX_SESSIONS: setting(z.coerce.number().int().min(1).default(64)),
  LOG_LEVEL: setting(
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  ),
  /** JSON is for log collectors. */
  LOG_FORMAT: setting(z.enum(["readable", "json"]).default("readable")),
  /** An OpenAI-compatible server, up to and with `/v1`; the scripted brain without one. */
  LLM_BASE_URL: setting(z.url().optional()),
  LLM_MODEL: setting(z.string().default("default")),
  LLM_API_KEY: setting(z.string().optional()),
  /** JSON added to each chat request, such as a template's switch for thinking. */
  LLM_EXTRA_BODY: setting(jsonObjectSchema.optional()),
  /** The synthesiser's first without one. */
  AGENT_VOICE: setting(z.string().optional()),
  /** A Magpie model: a folder, a `.nemo` file or a registry name; Flite without one. */
  SYNTHESIZER_MODEL: setting(z.string().optional()),
  /** Its codec, likewise; the released models' own without one. */
  SYNTHESIZER_CODEC: setting(z.string().optional()),
  /** A voice on another machine: `ws(s)://host`, or OpenAI's way at `http(s)://host/v1`. */
  SYNTHESIZER_URL: setting(z.url({ protocol: /^(?:https?|wss?)$/u }).optional()),
  SYNTHESIZER_API_KEY: setting(z.string().optional()),
  /** In OpenAI's way alone. */
  SYNTHESIZER_REMOTE_MODEL: setting(z.string().default("tts-1")),
  SYNTHESIZER_REMOTE_FORMAT: setting(z.enum(["pcm", "wav"]).default("pcm")),
  /** The voices there, the default first; asked of the machine without any. */
  SYNTHESIZER_REMOTE_VOICES: setting(namesSchema.optional()),
  SENTENCE_PAUSE_MS: setting(z.coerce.number().min(0).max(5_000).default(250)),
  SHORTEST_WAIT_MS: setting(z.coerce.number().min(100).max(5_000).default(200)),
  LONGEST_WAIT_MS: setting(z.coerce.number().min(100).max(5_000).default(1_200)),
  /** The recogniser's model: a folder of ONNX files or a `.nemo` file; built-in without one. */
  RECOGNIZER_MODEL: setting(z.string().optional()),
  /** Where it may run, best first. */
  RECOGNIZER_PROVIDERS: setting(
    z
      .string()
      .default("cpu")
      .transform((names) => names.split(",").map((name) => name.trim()))
      .pipe(z.array(z.enum(executionProviders)).min(1)),
  ),
  /** Threads that one operator of it may use; by the machine's size without one. */
  RECOGNIZER_THREADS: setting(z.coerce.number().int().min(1).max(256).optional()),
  /** Its look-ahead in frames of 80 ms; the model's own without one. */
  RIGHT_CONTEXT: setting(z.coerce.number().int().min(0).max(69).optional()),
  /** What people made; the server keeps the operator's choices there. */
  PARLEY_DATA: setting(z.string().default(join(".parley", "data"))),
  TZ: setting(z.string().optional()),
});

const environmentSchema = variablesSchema.refine(
  ({ SYNTHESIZER_URL, SYNTHESIZER_MODEL }) =>
    SYNTHESIZER_URL === undefined || SYNTHESIZER_MODEL === undefined,
  { path: ["SYNTHESIZER_URL"], error: "only one of this and SYNTHESIZER_MODEL can speak" },
);
export type Environment = z.infer<typeof environmentSchema>;

/** @throws Error that names every variable that is off */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = environmentSchema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new Error(`environment variables:\n${z.prettifyError(parsed.error)}`);
}
