import { Presets } from "cli-progress";

/** What all bars on a terminal have in common: each goes away once it is full. */
export const barLook = {
  ...Presets.shades_grey,
  fps: 5,
  clearOnComplete: true,
  forceRedraw: true,
  hideCursor: true,
  gracefulExit: false,
};
