import { expect } from "vitest";
import { findPlacement } from "./find-placement";

/** What of a graph is outside of the device's one partition. */
export type Outside = {
  nodes: number;
  /** Their numbers by operator. */
  operators: Readonly<Record<string, number>>;
  /** Values that are copied to the device besides the graph's inputs. */
  up: number;
};

/**
 * What the processor does of a graph. A card computes quickly while it is left alone: that must lie
 * before its work or behind it, and this fails when it lies in between.
 */
export async function outsideOf(file: string): Promise<Outside> {
  const { onProcessor, copiesDown, copiesUp } = await findPlacement(file);
  expect(copiesDown).toEqual([]);
  const operators: Record<string, number> = {};
  for (const node of onProcessor) {
    const [operator = ""] = node.split(" ");
    operators[operator] = (operators[operator] ?? 0) + 1;
  }
  return { nodes: onProcessor.length, operators, up: copiesUp.length };
}
