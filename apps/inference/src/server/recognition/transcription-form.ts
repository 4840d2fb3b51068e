import { AppError } from "@parley/shared/errors";
import { z } from "zod";

const formats = ["json", "text", "verbose_json", "srt", "vtt"] as const;
const granularities = ["word", "segment"] as const;

const maxPhrases = 200;
/** What is longer is no name but prose. */
const maxPhraseCharacters = 60;

const formSchema = z.object({
  response_format: z.string().default("json").pipe(z.enum(formats)),
  stream: z
    .string()
    .default("false")
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(["true", "false"]))
    .transform((text) => text === "true"),
  /** ISO 639 or BCP 47, or a name such as "english". Empty means that none is given. */
  language: z
    .string()
    .regex(/^(?:[a-z]{2,20}(?:[-_][a-z0-9]{2,8})*)?$/iu)
    .default(""),
  prompt: z.string().default("").transform(readPhrases),
  timestamp_granularities: z.array(z.enum(granularities)).default(["segment"]),
});
export type TranscriptionForm = z.infer<typeof formSchema>;

const wanted: Record<keyof TranscriptionForm, string> = {
  response_format: formats.join(", "),
  stream: "true, false",
  language: 'a code such as "en" or "en-US"',
  prompt: "names and terms, separated by commas or line breaks",
  timestamp_granularities: granularities.join(", "),
};

/** The fields of a form beside its file, in the order of their coming. */
export class TranscriptionFields {
  readonly #fields = new Map<string, unknown[]>();

  /** Clients write lists as `name[]`, once for each member. */
  add(name: string, value: unknown): void {
    const plain = name.replace(/\[\]$/u, "");
    const values = this.#fields.get(plain) ?? [];
    this.#fields.set(plain, [...values, value]);
  }

  /**
   * `model`, `temperature` and what else OpenAI knows are ignored: there is one model, and it has no
   * such settings.
   *
   * @throws AppError `invalid-request` that names the value that is off
   */
  read(): TranscriptionForm {
    const entries = [...this.#fields].map(([name, values]): [string, unknown] => [
      name,
      name === "timestamp_granularities" ? values : values.at(-1),
    ]);
    const parsed = formSchema.safeParse(Object.fromEntries(entries));
    if (!parsed.success) throw this.#refusal(String(parsed.error.issues[0]?.path[0]));
    return parsed.data;
  }

  #refusal(name: string): AppError {
    const value = JSON.stringify(this.#fields.get(name)?.at(-1)).slice(0, 100);
    const known = Object.entries(wanted).find(([field]) => field === name);
    return new AppError("invalid-request", `${name}: ${value}; wanted: ${known?.[1] ?? "text"}`);
  }
}

function readPhrases(prompt: string): string[] {
  const phrases = prompt.split(/[,;\n]/u).map((phrase) => phrase.replaceAll(/\s+/gu, " ").trim());
  const names = phrases.filter(({ length }) => length > 0 && length <= maxPhraseCharacters);
  return [...new Set(names)].slice(0, maxPhrases);
}
