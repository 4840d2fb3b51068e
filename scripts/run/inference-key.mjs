import { randomBytes } from "node:crypto";
import { inferenceDoor } from "./other-part.mjs";

/**
 * The key that this start makes for the servers' link, for want of the operator's. A part that runs
 * alone has none, so that the other one needs none, unless inference is open to other machines.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {import("./start-options.mjs").Part | null} only
 * @returns {string | null} null where none is made.
 */
export function madeInferenceKey(environment, only) {
  if (environment.INFERENCE_KEY?.trim() || only === "media-server") return null;
  const isOpen = inferenceDoor(environment, 0).isOpen || Boolean(environment.NATS_URL?.trim());
  return only === null || isOpen ? randomBytes(24).toString("base64url") : null;
}
