/** Letters of Latin script as far as U+00FF, as the inside of a character class. */
const latin = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff";

/** Devanagari without its full stops, Bengali, Tamil, Telugu, Kannada, Gujarati. */
const indic =
  "\u0900-\u0963\u0966-\u097f\u0980-\u09ff\u0b80-\u0bff\u0c00-\u0c7f\u0c80-\u0cff\u0a80-\u0aff";

/** Syllables, and the letters they are made of. */
const korean = "\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f";

/**
 * Letters that make up words and may begin a dictionary's line, as the inside of a character class
 * (NeMo's `WORD_CHARS_ALL`).
 */
export const wordCharacters = `${latin}${indic}${korean}`;
