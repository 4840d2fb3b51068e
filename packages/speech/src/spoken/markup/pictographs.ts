/** Digits and signs are "emoji" to Unicode; a keycap is one only with its frame, U+20E3. */
const keycap = /([\d#*])\uFE0F?\u20E3/gu;
/** One emoji with its variation, skin tone, joined emoji, or letters of a flag. */
const pictograph =
  /[\p{Extended_Pictographic}\p{Emoji_Presentation}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u2190\u2191\u2193-\u21D1\u21D3\u21D5-\u21FF\u2300-\u23FF\u2500-\u27BF\u2B00-\u2BFF][\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}\u{E0020}-\u{E007F}\u200D]{0,12}/gu;
const spoken = new Set(["©", "®", "™"]);
const smiley =
  /(?<=^|\s)(?:[:;]-?[)(DPp|]|:-?\/|=\)|[xX]D|<3|¯\\?_\(ツ\)_\/¯|\^_\^)(?=$|[\s.,!?])/gu;

/** Emoji by name, as chat programs write them: ":smile:". */
const shortcode = /(?<=^|\s):(?:[a-z][a-z0-9_]{1,30}|\+1|-1):(?=$|[\s.,!?])/gu;

/** Drops emoji with their joiners, flags and skin tones, dingbats, box drawing, smileys. */
export function withoutPictographs(text: string): string {
  return text
    .replace(keycap, " $1 ")
    .replace(smiley, "")
    .replace(shortcode, "")
    .replace(pictograph, (sign) => (spoken.has(sign.charAt(0)) ? sign.charAt(0) : " "));
}
