import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { promptPhrases } from "./prompt-phrases";

const formats = ["json", "text", "verbose_json", "diarized_json", "srt", "vtt"] as const;
const granularities = ["word", "segment"] as const;

export const transcriptionFormSchema = z.object({
  response_format: z.string().default("json").pipe(z.enum(formats)),
  stream: z
    .string()
    .default("false")
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(["true", "false", "1", "0"]))
    .transform((text) => text === "true" || text === "1"),
  /** ISO 639 or BCP 47 code, or a name such as "english"; empty when not given. */
  language: z
    .string()
    .regex(/^(?:[a-z]{2,20}(?:[-_][a-z0-9]{2,8})*)?$/iu)
    .default(""),
  prompt: z.string().default("").transform(promptPhrases),
  /** Empty unless given: segments in `verbose_json`, and no times in `json`. */
  timestamp_granularities: z.array(z.enum(granularities)).default([]),
});
export type TranscriptionForm = z.infer<typeof transcriptionFormSchema>;

const wanted: Record<keyof TranscriptionForm, string> = {
  response_format: formats.join(", "),
  stream: "true, false, 1, 0",
  language: 'a code such as "en" or "en-US"',
  prompt: "names and terms, separated by commas or line breaks",
  timestamp_granularities: granularities.join(", "),
};

/** The form's fields other than the file, in their order. */
export class TranscriptionFields {
  readonly #fields = new Map<string, unknown[]>();

  /**
   * Adds a value; clients repeat `name[]` for lists, PHP's write `name[0]`. An empty value is none:
   * many clients send every field of their form.
   */
  add(name: string, value: unknown): void {
    if (value === "") return;
    const plain = name.replace(/\[\d*\]$/u, "");
    const values = this.#fields.get(plain) ?? [];
    this.#fields.set(plain, [...values, value]);
  }

  /**
   * Parses the fields. OpenAI's others (`model`, `temperature`, …) are ignored: there is one model,
   * and it has no such settings.
   *
   * @throws AppError `invalid-request` that names the wrong value
   */
  read(): TranscriptionForm {
    const entries = [...this.#fields].map(([name, values]): [string, unknown] => [
      name,
      name === "timestamp_granularities" ? values : values.at(-1),
    ]);
    const parsed = transcriptionFormSchema.safeParse(Object.fromEntries(entries));
    if (!parsed.success) throw this.#refusal(String(parsed.error.issues[0]?.path[0]));
    return parsed.data;
  }

  #refusal(name: string): AppError {
    const value = JSON.stringify(this.#fields.get(name)?.at(-1)).slice(0, 100);
    const known = Object.entries(wanted).find(([field]) => field === name);
    return new AppError("invalid-request", `${name}: ${value}; wanted: ${known?.[1] ?? "text"}`);
  }
}
