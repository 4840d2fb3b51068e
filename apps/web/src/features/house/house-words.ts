import type { House } from "@parley/shared/protocol/house-api";
import { bytesText } from "../../components/quantities";

type Part = { verb: string; title: string; isDemonstration: boolean };

/** The three parts in the order of a conversation. */
export function partsOf({ hears, thinks, speaks }: House): readonly Part[] {
  return [
    { verb: "Hears with", ...hears },
    { verb: "thinks with", ...thinks },
    { verb: "speaks with", ...speaks },
  ];
}

const verbs = {
  hear: "hear",
  think: "answer",
  speak: "sound",
  "take-turns": "take turns",
} as const;

/** What the operator could do, as a sentence; null where nothing would help. */
export function adviceOf({ better }: House): string | null {
  if (better === null) return null;
  const { title, job, state, downloadBytes } = better;
  switch (state) {
    case "absent": {
      const size = downloadBytes === null ? "" : `, a download of ${bytesText(downloadBytes)},`;
      return `On this machine ${title}${size} would ${verbs[job]} better.`;
    }
    case "coming":
      return `${title} is on its way.`;
    case "ready":
      return `${title} is here, and would ${verbs[job]} better.`;
  }
}
