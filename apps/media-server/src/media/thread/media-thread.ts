import type { LogLevel } from "../../contracts/log";
import type { MediaEngineEvent } from "../../contracts/media-engine";
import type { EngineSettings } from "../mediasoup-engine";

export type MediaThreadSettings = EngineSettings;

/** The media thread's messages of its own accord: the engine's events, and its log. */
export type MediaThreadEvent =
  | { type: "engine"; event: MediaEngineEvent }
  | { type: "log"; level: LogLevel; fields: object; message: string };
