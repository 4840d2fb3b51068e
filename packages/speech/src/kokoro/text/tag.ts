/**
 * Parts of speech by which the lexicon tells pronunciations apart: those of Penn's tags that it
 * names, and `final` for the last word before a pause.
 */
export type Tag = "NOUN" | "NAME" | "VERB" | "ADJ" | "ADV" | "VBD" | "VBN" | "VBP" | "DT" | "final";

/** The wider part of speech of a narrower one. */
export function parentTag(tag: Tag): Tag {
  switch (tag) {
    case "VBD":
    case "VBN":
    case "VBP":
      return "VERB";
    case "NAME":
      return "NOUN";
    default:
      return tag;
  }
}
