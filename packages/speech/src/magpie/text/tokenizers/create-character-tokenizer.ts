import type { z } from "zod";
import { characterSets } from "./character-sets";
import { CharacterTokenizer } from "./character-tokenizer";
import { punctuationOf } from "./punctuation";
import type { arabicTokenizerSchema, hindiTokenizerSchema } from "./tokenizer-schemas";
import type { VersionedDefaults } from "./versioned-defaults";

type HindiConfig = z.infer<typeof hindiTokenizerSchema>;
type ArabicConfig = z.infer<typeof arabicTokenizerSchema>;

export function createHindiTokenizer(
  config: HindiConfig,
  defaults: VersionedDefaults,
): CharacterTokenizer {
  const version = config.punct_version ?? defaults.punctuationVersion;
  const punctuation = punctuationOf(version === 1 ? null : "hi-IN");
  return createCharacterTokenizer("hindi", config, { defaults, punctuation });
}

export function createArabicTokenizer(
  config: ArabicConfig,
  defaults: VersionedDefaults,
): CharacterTokenizer {
  return createCharacterTokenizer("arabic", config, {
    defaults,
    punctuation: punctuationOf("ar-MSA"),
  });
}

function createCharacterTokenizer(
  script: keyof typeof characterSets,
  config: HindiConfig | ArabicConfig,
  { defaults, punctuation }: { defaults: VersionedDefaults; punctuation: readonly string[] },
): CharacterTokenizer {
  const version = config.charset_version ?? defaults.charsetVersion;
  return new CharacterTokenizer({
    characters: config.chars ?? characterSets[script][version],
    hasApostrophe: config.apostrophe,
    punctuation: config.punct ? (config.non_default_punct_list ?? punctuation) : [],
    padWithSpace: config.pad_with_space,
  });
}
