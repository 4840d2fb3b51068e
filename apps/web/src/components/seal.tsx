import { useEffect, useRef, useState } from "react";
import { animateSeal } from "./animate-seal";
import type { SealMode } from "./seal-geometry";
import { SealMotion } from "./seal-motion";
import { useReducedMotion } from "./use-reduced-motion";

type SealProps = {
  mode: SealMode;
  /** Current level of whoever speaks, 0 to 1; null where nothing can sound. */
  readLevel: (() => number) | null;
  className?: string;
};

/** Colours by mode: of the ticks (`color`), the disc (`fill`) and its rim (`stroke`). */
const colours: Record<SealMode, string> = {
  speaking: "text-accent-line fill-accent stroke-accent-line",
  listening: "text-ink fill-accent stroke-accent-line",
  thinking: "text-ink fill-accent stroke-accent-line",
  away: "text-line-strong fill-accent stroke-line-strong",
};

/**
 * Seal that stands for the agent: a disc in a ring of ticks that show the level over the last
 * second. Drawn on a canvas, and only while something moves.
 */
export function Seal({ mode, readLevel, className = "" }: SealProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [motion] = useState(() => new SealMotion(mode));
  const isStill = useReducedMotion();

  useEffect(() => {
    if (canvas.current === null) return;
    return animateSeal(canvas.current, { mode, motion, readLevel, isStill });
  }, [mode, motion, readLevel, isStill]);

  return (
    <canvas
      ref={canvas}
      aria-hidden
      className={`block transition-colors duration-300 ${colours[mode]} ${className}`}
    />
  );
}
