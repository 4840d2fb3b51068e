import { z } from "zod";
import type { RemoteDescription } from "../remote-description";
import { rivaLimits } from "./riva-limits";

const configSchema = z.object({
  model_config: z.array(
    z.object({ model_name: z.string(), parameters: z.record(z.string(), z.string()) }),
  ),
});

/** Riva's first English voice, for servers that do not describe themselves. */
const usual = { voices: ["English-US.Female-1"], languages: ["en-US"] };

/**
 * The voices in Riva's configuration: a model's `voice_name` with each of its `subvoices`, such as
 * "English-US.Female-1".
 *
 * @param answer of `GetRivaSynthesisConfig`; null when the server has no such method
 */
export function rivaVoiceDescription(
  answer: unknown,
  model: string,
  voices: readonly string[] | null,
): RemoteDescription {
  const models = configSchema.safeParse(answer).data?.model_config ?? [];
  const chosen = models.filter(({ model_name: name }) => model === "" || name === model);
  const declared = chosen.flatMap(({ parameters }) => voicesOf(parameters));
  const languages = chosen.flatMap(({ parameters }) => listed(parameters.language_code));
  return {
    engine: chosen[0]?.model_name ?? "Riva",
    voices: voices ?? (declared.length > 0 ? [...new Set(declared)] : usual.voices),
    languages: languages.length > 0 ? [...new Set(languages)] : usual.languages,
    sampleRate: rivaLimits.sampleRate,
    maxTextCharacters: rivaLimits.maxTextCharacters,
    takesDetails: true,
  };
}

function voicesOf({ voice_name: name = "", subvoices = "" }: Record<string, string>): string[] {
  if (name === "") return [];
  const variants = listed(subvoices).map((variant) => variant.split(":")[0] ?? "");
  return variants.length === 0 ? [name] : variants.map((variant) => `${name}.${variant}`);
}

function listed(text = ""): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
