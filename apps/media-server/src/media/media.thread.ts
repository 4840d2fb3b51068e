import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage, toWireError } from "@parley/shared/errors";
import { setLogEventListeners } from "mediasoup";
import type { Log, LogLevel } from "../contracts/log";
import type { MediaEngineCallName } from "../contracts/media-engine";
import { MediasoupEngine } from "./mediasoup-engine";
import type { ThreadNotice, ThreadRequest, ThreadSettings } from "./thread-messages";

/**
 * The media thread: mediasoup, microphones, the agent's voice and its link live here, so that
 * nothing else in the process can delay a frame of 20 ms.
 */
async function runMediaThread(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new TypeError("media.thread runs as a worker thread only");
  const post = (notice: ThreadNotice) => {
    port.postMessage(notice);
  };
  const log = postingLog(post);
  setLogEventListeners({
    onerror: (namespace) => {
      log.warn({ namespace }, "mediasoup reported an error");
    },
  });

  let engine: MediasoupEngine;
  try {
    engine = await MediasoupEngine.start(workerData as ThreadSettings, systemClock, log);
  } catch (error) {
    post({ type: "failed", reason: errorMessage(error) });
    port.close();
    return;
  }
  engine.subscribe((event) => {
    post({ type: "event", event });
  });
  port.on("message", (request: ThreadRequest) => {
    if (request.type === "call") void answer(engine, request.id, request.name, request.payload);
    else {
      void engine.close().then(() => {
        post({ type: "closed" });
        port.close();
      });
    }
  });
  post({ type: "started" });

  async function answer(
    target: MediasoupEngine,
    id: number,
    name: MediaEngineCallName,
    payload: unknown,
  ): Promise<void> {
    try {
      const call = target[name].bind(target) as (payload: unknown) => Promise<unknown>;
      post({ type: "result", id, value: await call(payload) });
    } catch (error) {
      post({ type: "error", id, error: toWireError(error) });
    }
  }
}

function postingLog(post: (notice: ThreadNotice) => void): Log {
  const at = (level: LogLevel) => (fields: object, message: string) => {
    post({ type: "log", level, fields, message });
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

void runMediaThread();
