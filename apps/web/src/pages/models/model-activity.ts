import type { ModelState } from "@parley/shared/protocol/models-api";

/** What is going on with a model, in one word; null when nothing is. */
export function activityOf(state: ModelState): "Downloading" | "Preparing" | "Loading" | null {
  switch (state) {
    case "pulling":
      return "Downloading";
    case "converting":
      return "Preparing";
    case "loading":
      return "Loading";
    case "absent":
    case "ready":
    case "failed":
      return null;
  }
}
