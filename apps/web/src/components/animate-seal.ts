import { paintSeal, type SealColours } from "./paint-seal";
import type { SealMode } from "./seal-geometry";
import { quietLevel, type SealMotion } from "./seal-motion";

/** Time between two drawings, in ms: levels come ten times a second, and more frames show little more. */
const frameMs = 50;
/** Part of it before a frame is asked for; the rest is the wait for the screen's next one. */
const pauseMs = 42;
/** Time between two looks at the level while nothing is drawn, in ms. */
const lookMs = 100;
/** Time after a change of colours in which they blend, in ms; see the transition of the canvas. */
const blendMs = 400;

type SealAnimation = {
  mode: SealMode;
  motion: SealMotion;
  /** Null where nothing can sound: then nothing is looked at. */
  readLevel: (() => number) | null;
  /** No motion: the seal is drawn at rest, and again when size or colours change. */
  isStill: boolean;
};

/** Draws a seal while something about it changes. @returns a function that ends it. */
export function animateSeal(canvas: HTMLCanvasElement, animation: SealAnimation): () => void {
  const { mode, motion, readLevel, isStill } = animation;
  const context = canvas.getContext("2d");
  if (context === null) return () => undefined;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs: number | null = null;
  let blendUntilMs = performance.now() + blendMs;

  let colours = readColours(canvas);

  const draw = (timeMs: number) => {
    // Asking each time would make the browser work out the styles of whatever has changed.
    if (timeMs < blendUntilMs) colours = readColours(canvas);
    paintSeal(context, { mode, motion, timeMs: isStill ? 0 : timeMs, colours });
  };
  const step = (timeMs: number) => {
    frame = 0;
    if (!isStill) motion.advance(readLevel?.() ?? 0, timeMs - (lastMs ?? timeMs - frameMs));
    lastMs = timeMs;
    draw(timeMs);
    const isBlending = timeMs < blendUntilMs;
    if (isBlending || (!isStill && !motion.isAtRest)) timer = setTimeout(wake, pauseMs);
    else rest();
  };
  const wake = () => {
    clearTimeout(timer);
    if (frame === 0) frame = requestAnimationFrame(step);
  };
  const rest = () => {
    lastMs = null;
    if (isStill || readLevel === null) return;
    timer = setTimeout(() => {
      if (readLevel() < quietLevel) rest();
      else wake();
    }, lookMs);
  };
  const onColours = () => {
    blendUntilMs = performance.now() + blendMs;
    wake();
  };
  const fit = () => {
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0 || side === canvas.width) return;
    canvas.width = side;
    canvas.height = side;
    draw(performance.now());
  };

  motion.setMode(mode);
  if (isStill) motion.settle();
  const observer = new ResizeObserver(fit);
  observer.observe(canvas);
  // Another theme reaches the canvas as a transition of its colours.
  canvas.addEventListener("transitionrun", onColours);
  wake();
  return () => {
    observer.disconnect();
    canvas.removeEventListener("transitionrun", onColours);
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

function readColours(canvas: HTMLCanvasElement): SealColours {
  const { color, fill, stroke } = getComputedStyle(canvas);
  return { ticks: color, disc: fill, rim: stroke };
}
