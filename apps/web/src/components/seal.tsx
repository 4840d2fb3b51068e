import { useEffect, useRef } from "react";
import { historyLength, sealCore, sealTicks, type SealMode } from "./seal-geometry";
import { useReducedMotion } from "./use-reduced-motion";

type SealProps = {
  mode: SealMode;
  /** Current level of the speaking member, 0 to 1; called once per animation frame. */
  readLevel: () => number;
  className?: string;
};

/** Smoothing of the level per frame, as a share of its difference from the measured one. */
const attack = 0.45;
const release = 0.12;

const silence: readonly number[] = new Array<number>(historyLength).fill(0);

/**
 * Seal that stands for the agent: a disc in a ring of ticks that show the level over the last
 * second. Draws into the SVG directly, so that sixty frames a second cost no React rendering.
 */
export function Seal({ mode, readLevel, className = "" }: SealProps) {
  const ticks = useRef<SVGPathElement>(null);
  const core = useRef<SVGCircleElement>(null);
  const isStill = useReducedMotion();

  useEffect(() => {
    const history = [...silence];
    let shown = sealCore(mode, 0);
    const draw = (timeMs: number) => {
      ticks.current?.setAttribute("d", sealTicks(mode, history, timeMs));
      core.current?.setAttribute("r", shown.radius.toFixed(2));
      core.current?.setAttribute("fill-opacity", shown.fill.toFixed(3));
    };
    draw(0);
    if (isStill) return;
    let frame = requestAnimationFrame(function step(timeMs) {
      const last = history[0] ?? 0;
      const measured = readLevel();
      history.unshift(last + (measured - last) * (measured > last ? attack : release));
      history.length = historyLength;
      const wanted = sealCore(mode, history[0] ?? 0);
      shown = {
        radius: shown.radius + (wanted.radius - shown.radius) * 0.25,
        fill: shown.fill + (wanted.fill - shown.fill) * 0.2,
      };
      draw(timeMs);
      frame = requestAnimationFrame(step);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [mode, readLevel, isStill]);

  const isAway = mode === "away";
  return (
    <svg aria-hidden viewBox="-124 -124 248 248" className={`block ${className}`}>
      <path
        ref={ticks}
        fill="none"
        strokeWidth={1.8}
        strokeLinecap="round"
        className={`transition-[stroke] duration-300 ${mode === "speaking" ? "stroke-accent-line" : isAway ? "stroke-line-strong" : "stroke-ink"}`}
        d={sealTicks(mode, silence, 0)}
      />
      <circle
        ref={core}
        r={sealCore(mode, 0).radius}
        fillOpacity={sealCore(mode, 0).fill}
        strokeWidth={1.8}
        strokeDasharray={isAway ? "3 6" : undefined}
        className={`fill-accent ${isAway ? "stroke-line-strong" : "stroke-accent-line"}`}
      />
    </svg>
  );
}
