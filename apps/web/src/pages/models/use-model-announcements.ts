import type { ModelSummary } from "@parley/shared/protocol/models-api";
import { useState } from "react";

/** Announcement of the latest changes for screen readers; empty at first. */
export function useModelAnnouncements(models: readonly ModelSummary[]): string {
  const sentences = models.map(sentence);
  const [last, setLast] = useState({ sentences, announcement: "" });
  if (sentences.join("\n") !== last.sentences.join("\n")) {
    const fresh = sentences.filter((text) => !last.sentences.includes(text));
    setLast({ sentences, announcement: fresh.join(" ") });
  }
  return last.announcement;
}

function sentence({ title, state, isActive, problem }: ModelSummary): string {
  if (isActive) return `${title} is in use.`;
  switch (state) {
    case "absent":
      return `${title} is not here.`;
    case "pulling":
      return `${title} is being downloaded.`;
    case "converting":
      return `${title} is being prepared.`;
    case "loading":
      return `${title} is being loaded.`;
    case "ready":
      return `${title} is ready.`;
    case "failed":
      return `${title} could not be obtained. ${problem ?? ""}`;
  }
}
