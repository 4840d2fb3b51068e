import { AppError } from "@parley/shared/errors";
import { z } from "zod";

const formats = ["json", "text", "verbose_json"] as const;

const formSchema = z.object({
  response_format: z.string().default("json").pipe(z.enum(formats)),
  stream: z
    .string()
    .default("false")
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(["true", "false"]))
    .transform((text) => text === "true"),
  language: z
    .string()
    .regex(/^(?:|en|en[-_][a-z]+|english)$/iu)
    .default("en"),
});
export type TranscriptionForm = z.infer<typeof formSchema>;

const wanted: Record<string, string> = {
  response_format: formats.join(", "),
  stream: "true, false",
  language: "en",
};

/**
 * The fields beside the file. `model`, `prompt`, `temperature` and what else OpenAI knows are
 * ignored: there is one model, and it has no such settings.
 *
 * @throws AppError `invalid-request` that names the value that is off
 */
export function readTranscriptionForm(fields: ReadonlyMap<string, unknown>): TranscriptionForm {
  const parsed = formSchema.safeParse(Object.fromEntries(fields));
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]);
  const value = JSON.stringify(fields.get(name)).slice(0, 100);
  throw new AppError("invalid-request", `${name}: ${value}; wanted: ${wanted[name] ?? "text"}`);
}
