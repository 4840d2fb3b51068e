import type { DroppedFrames } from "../contracts/media-statistics";

export const noDroppedFrames: Readonly<DroppedFrames> = {
  microphone: 0,
  lateReply: 0,
  unknownReply: 0,
  outOfOrder: 0,
  overflow: 0,
};
