import { sealReach, sealTicks, type SealMode } from "./seal-geometry";
import type { SealMotion } from "./seal-motion";

/** Width of every line, in units of the seal. */
const lineWidth = 1.8;

/** Colours as the browser has worked them out for the theme. */
export type SealColours = { ticks: string; disc: string; rim: string };

/** Draws the seal over the whole of a square canvas. */
export function paintSeal(
  context: CanvasRenderingContext2D,
  seal: { mode: SealMode; motion: SealMotion; timeMs: number; colours: SealColours },
): void {
  const { mode, motion, colours } = seal;
  const { width } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, width);
  const scale = width / (2 * sealReach);
  context.setTransform(scale, 0, 0, scale, width / 2, width / 2);
  context.lineWidth = lineWidth;
  context.lineCap = "round";

  context.beginPath();
  for (const { angle, from, to } of sealTicks(mode, motion.history, seal.timeMs)) {
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    context.moveTo(from * x, from * y);
    context.lineTo(to * x, to * y);
  }
  context.strokeStyle = colours.ticks;
  context.setLineDash([]);
  context.stroke();

  context.beginPath();
  context.arc(0, 0, motion.core.radius, 0, 2 * Math.PI);
  context.globalAlpha = motion.core.fill;
  context.fillStyle = colours.disc;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colours.rim;
  context.setLineDash(mode === "away" ? [3, 6] : []);
  context.stroke();
}
