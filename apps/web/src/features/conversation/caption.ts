import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** Length of a caption: about three lines on a desktop. */
export const captionCharacters = 150;

export type Caption = {
  entryId: string;
  memberId: TranscriptEntry["memberId"];
  name: string;
  text: string;
  isFinal: boolean;
};

/** Caption of the current entry, or of the last one: its end, cut between words. */
export function captionOf(entries: readonly TranscriptEntry[]): Caption | null {
  // What tools were used is read above the words, not under the picture.
  const said = entries.filter(({ kind }) => kind !== "tool");
  const entry = said.findLast((candidate) => !candidate.isFinal) ?? said.at(-1);
  if (entry === undefined) return null;
  const { entryId, memberId, name, text, isFinal } = entry;
  return { entryId, memberId, name, text: tail(text.trim()), isFinal };
}

function tail(text: string): string {
  if (text.length <= captionCharacters) return text;
  const cut = text.slice(-captionCharacters);
  return `… ${cut.slice(cut.indexOf(" ") + 1)}`;
}
