import type { WireError } from "@parley/shared/errors";
import type { LogLevel } from "../contracts/log";
import type { MediaEngineCallName, MediaEngineEvent } from "../contracts/media-engine";
import type { EngineSettings } from "./mediasoup-engine";

/** What the media thread is started with. */
export type ThreadSettings = EngineSettings;

/** Main thread → media thread. */
export type ThreadRequest =
  { type: "call"; id: number; name: MediaEngineCallName; payload: unknown } | { type: "close" };

/** Media thread → main thread. */
export type ThreadNotice =
  /** The engine runs; sent once, first. */
  | { type: "started" }
  | { type: "failed"; reason: string }
  | { type: "result"; id: number; value: unknown }
  | { type: "error"; id: number; error: WireError }
  | { type: "event"; event: MediaEngineEvent }
  | { type: "log"; level: LogLevel; fields: object; message: string }
  | { type: "closed" };
