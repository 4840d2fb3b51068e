/** Texts by set: those that the policy was tuned with, and those that were held out. */
export type TextsBySet = Readonly<Record<"tuned" | "held-out", readonly string[]>>;
