import type { ModelState } from "@parley/shared/protocol/models-api";

/** Activity of a model in one word; null where there is none. */
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
