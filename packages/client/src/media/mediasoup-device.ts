import { Device, type types } from "mediasoup-client";
import type { MediaSession } from "./media-client";
import { ProblemError } from "../problem";

/** Device for this browser with the capabilities of the room. @throws ProblemError */
export async function loadDevice(session: MediaSession): Promise<Device> {
  const device = await createDevice();
  await device.load({ routerRtpCapabilities: session.routerRtpCapabilities });
  return device;
}

async function createDevice(): Promise<Device> {
  try {
    return await Device.factory();
  } catch (cause) {
    // Known by name are the big browsers; many others embed the same engines under their own.
    const handlerName = handlerByFeatures(globalThis);
    if (handlerName !== null) return Device.factory({ handlerName });
    throw new ProblemError("unsupported-browser", "this browser cannot do WebRTC", { cause });
  }
}

/** Handler for the engine that these globals belong to; null without WebRTC. */
export function handlerByFeatures(scope: object): types.BuiltinHandlerName | null {
  const connection: unknown = Reflect.get(scope, "RTCPeerConnection");
  if (typeof connection !== "function") return null;
  const prototype: unknown = connection.prototype;
  if (typeof prototype !== "object" || prototype === null) return null;
  if (!("addTransceiver" in prototype)) return null;
  if ("mozInnerScreenX" in scope) return "Firefox120";
  // What is left without Blink's own name is WebKit: Safari's engine, and every browser on iOS.
  return "chrome" in scope ? "Chrome111" : "Safari12";
}
