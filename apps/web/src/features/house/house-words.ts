import type { House } from "@parley/shared/protocol/house-api";
import { bytesText } from "../../components/quantities";

const verbs = {
  hear: "hear",
  think: "answer",
  speak: "sound",
  "take-turns": "take turns",
} as const;

/** Which parts are there to try things out, as a sentence; null where none is. */
export function demonstrationOf({ hears, thinks, speaks }: House): string | null {
  const parts = [
    hears.isDemonstration ? "ear" : null,
    thinks.isDemonstration ? "brain" : null,
    speaks.isDemonstration ? "voice" : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const all = `The ${parts.join(" and the ")}`;
  return parts.length === 1 ? `${all} is a demonstration.` : `${all} are demonstrations.`;
}

/** What the operator could do, as a sentence; null where nothing would help. */
export function adviceOf({ better }: House): string | null {
  if (better === null) return null;
  const { title, job, state, downloadBytes } = better;
  switch (state) {
    case "absent": {
      const size = downloadBytes === null ? "" : ` (${bytesText(downloadBytes)})`;
      return `On this machine ${title}${size} would ${verbs[job]} better.`;
    }
    case "coming":
      return `${title} is on its way.`;
    case "ready":
      return `${title} is here, and would ${verbs[job]} better.`;
  }
}
