import { Presets } from "cli-progress";

/** Options of every progress bar; a full bar is cleared. */
export const barLook = {
  ...Presets.shades_grey,
  fps: 5,
  clearOnComplete: true,
  forceRedraw: true,
  hideCursor: true,
  gracefulExit: false,
};
