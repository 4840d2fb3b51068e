import type { ExecutionProvider } from "../execution-providers";

/** What an engine's thread tells its owner before it ends for want of its device. */
export type DeviceEvent = {
  type: "device-failed";
  provider: ExecutionProvider;
  /** For operators. */
  reason: string;
};
