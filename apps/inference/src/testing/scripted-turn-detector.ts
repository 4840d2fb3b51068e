import type { TurnDetector } from "../contracts/turn-detector";

export function scriptedTurnDetector(parts: Partial<TurnDetector> = {}): TurnDetector {
  return {
    estimate: () => {
      throw new Error("not implemented: TurnDetector.estimate");
    },
    ...parts,
  };
}
