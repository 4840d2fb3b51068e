import { z } from "zod";

/**
 * The tokenizers of a Magpie model's `model_config.yaml`, with NeMo's defaults. Unknown
 * settings that change the vocabulary are refused, since all later ids would shift.
 */

const flag = (byDefault: boolean) => z.boolean().default(byDefault);
const unset = z.null().optional();
const punctuationList = z.array(z.string()).nullish();

/** Of those that NeMo knows, the ones that Magpie was published with. */
const locale = z.enum(["en-US", "es-ES", "de-DE", "pt-BR", "hi-IN"]).nullable().default("en-US");
const graphemeCase = z.enum(["upper", "lower", "mixed"]);
/** A member of the archive, with or without `nemo:`. */
const member = z.string().min(1);

/** Members that no published model sets. */
const plainVocabulary = { add_blank_at: unset, silence: unset, space: z.literal(" ").default(" ") };

const ipaG2p = z.object({
  _target_: z.string().regex(/(^|\.)IpaG2p$/),
  phoneme_dict: z.union([member.transform((name) => [name]), z.array(member).min(1)]),
  heteronyms: z.union([member, z.array(z.string())]).nullish(),
  locale,
  apply_to_oov_word: unset,
  mapping_file: unset,
  ignore_ambiguous_words: flag(true),
  use_chars: flag(false),
  use_stresses: flag(true),
  /** Taken for 1 in any case; letters are in the vocabulary wherever it is set. */
  phoneme_probability: z.number().nullish(),
  grapheme_case: graphemeCase.default("upper"),
  grapheme_prefix: z.string().default(""),
});

export const ipaTokenizerSchema = z.object({
  ...plainVocabulary,
  g2p: ipaG2p,
  locale,
  punct: flag(true),
  apostrophe: flag(false),
  pad_with_space: flag(false),
  non_default_punct_list: punctuationList,
  locale_specific_punct: z.boolean().nullish(),
  fixed_vocab: unset,
});

const characterTokenizer = {
  ...plainVocabulary,
  chars: z.string().nullish(),
  charset_version: z.literal([1, 2]).nullish(),
  punct: flag(true),
  apostrophe: flag(true),
  pad_with_space: flag(false),
};

export const hindiTokenizerSchema = z.object({
  ...characterTokenizer,
  punct_version: z.literal([1, 2]).nullish(),
  non_default_punct_list: punctuationList,
});

/** A `null` for the punctuation is another list for NeMo than none at all. */
export const arabicTokenizerSchema = z.object({
  ...characterTokenizer,
  non_default_punct_list: z.array(z.string()).optional(),
});

/** All sizes of ByT5 have the same vocabulary, which needs no file. */
export const byt5TokenizerSchema = z.object({
  pretrained_model: z.string().regex(/^google\/byt5-(small|base|large|xl|xxl)$/, {
    error: "only google/byt5-* is supported",
  }),
});

const sounds = {
  ...plainVocabulary,
  punct: flag(true),
  apostrophe: flag(true),
  non_default_punct_list: punctuationList,
};

export const mandarinTokenizerSchema = z.object({
  ...sounds,
  g2p: z.object({
    _target_: z.string().regex(/(^|\.)ChineseG2p$/),
    phoneme_dict: member,
    phoneme_case: graphemeCase.default("upper"),
    ascii_letter_case: graphemeCase.default("lower"),
  }),
});

export const japaneseTokenizerSchema = z.object({
  ...sounds,
  g2p: z.object({
    _target_: z.string().regex(/(^|\.)JapaneseKatakanaAccentG2p$/),
    ascii_letter_case: graphemeCase.default("lower"),
  }),
});
