import type { SessionSettings } from "../settings";
import type { PromptPart } from "./prompt-measure";

export type HistorySettings = Pick<
  SessionSettings,
  "maxHistoryLines" | "historyStepLines" | "maxHistoryCharacters" | "maxPromptTokens"
>;

/** A line, and what was used for it. */
type LimitedLine = PromptPart & { readonly uses?: ReadonlyMap<unknown, string> };

/**
 * @param tokensOf tokens of a prompt with these lines; null where nothing is known of the prompt yet
 * @returns the newest lines that the limits allow. The oldest go in steps, so that from turn to turn
 * the prompt begins with the same lines and a server's cache of its beginning serves; and by the
 * number and length of all lines, so that a tentative line leaves the same ones as when it is final.
 */
export function remembered<Line extends LimitedLine>(
  lines: readonly Line[],
  settings: HistorySettings,
  tokensOf: ((lines: readonly PromptPart[]) => number) | null,
): Line[] {
  let kept = [...lines];
  while (kept.length > 1 && exceeds(kept, settings, tokensOf)) {
    // Few and long lines: a whole step would leave nothing.
    kept = kept.slice(Math.min(settings.historyStepLines, Math.ceil(kept.length / 4)));
  }
  return kept;
}

function exceeds(
  lines: readonly LimitedLine[],
  { maxHistoryLines, maxHistoryCharacters, maxPromptTokens }: HistorySettings,
  tokensOf: ((lines: readonly PromptPart[]) => number) | null,
): boolean {
  const parts = lines.flatMap(partsOf);
  const characters = parts.reduce((sum, { text }) => sum + text.length, 0);
  if (lines.length > maxHistoryLines || characters > maxHistoryCharacters) return true;
  return maxPromptTokens !== null && tokensOf !== null && tokensOf(parts) > maxPromptTokens;
}

function partsOf({ text, name, uses }: LimitedLine): PromptPart[] {
  const used = [...(uses?.values() ?? [])].map((use) => ({ text: use }));
  return text === "" ? used : [...used, { text, ...(name === undefined ? {} : { name }) }];
}
