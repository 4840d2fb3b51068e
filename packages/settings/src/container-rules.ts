import type { ContainerRule } from "./setting";

/** Handed in from the operator's environment as it is. */
export const passedOn: ContainerRule = { type: "passed-on", fallback: "", why: "" };

/**
 * Handed in, with another default than outside of containers.
 *
 * @param why for people, as Markdown: a clause without a full stop
 */
export function passedOnOr(fallback: string, why: string): ContainerRule {
  return { type: "passed-on", fallback, why };
}

/**
 * The same in every container, whatever the operator sets.
 *
 * @param why for people, as Markdown: a clause without a full stop
 */
export function fixed(value: string, why: string): ContainerRule {
  return { type: "fixed", value, why };
}

/**
 * Set by the image's Dockerfile, where compose leaves it alone.
 *
 * @param why for people, as Markdown: a clause without a full stop
 */
export function setByImage(value: string, why: string): ContainerRule {
  return { type: "image", value, why };
}

/**
 * Not handed in at all.
 *
 * @param why for people, as Markdown: a clause without a full stop
 */
export function notOffered(why: string): ContainerRule {
  return { type: "not-offered", why };
}
