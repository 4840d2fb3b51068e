import { scoredWordErrors } from "@parley/speech/testing/scored-words";

/** Word error rate: words inserted, lost or replaced over those of the reference; 0 is perfect. */
export function wordErrorRate(reference: string, heard: string): number {
  const { errors, words } = scoredWordErrors(reference, heard);
  return errors / Math.max(1, words);
}
