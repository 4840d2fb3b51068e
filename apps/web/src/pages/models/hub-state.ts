import type { ModelsOverview, ModelSummary } from "@parley/shared/protocol/models-api";

export type HubState = ModelsOverview["hub"];

/** What to tell about the hub, as title and text; null where all is well. */
export function hubNotice(
  { title, state }: HubState,
  models: readonly ModelSummary[],
): { title: string; text: string } | null {
  if (state === "offline") {
    return {
      title: "Downloads are switched off",
      text: "HF_HUB_OFFLINE is set where Parley runs. What is on the machine already can be used.",
    };
  }
  const isOpen = models.some((model) => model.downloadBytes === null || model.licence === null);
  if (state !== "unreachable" || !isOpen) return null;
  return {
    title: `${title} cannot be reached`,
    text: "Some sizes and licences are not known yet. A download can be tried all the same; this page asks again by itself.",
  };
}
