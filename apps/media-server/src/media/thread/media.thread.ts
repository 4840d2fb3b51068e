/**
 * The media thread: mediasoup, microphones, the agent's voice and its link live here, so that
 * nothing else in the process can delay a frame of 20 ms.
 */
import { systemClock } from "@parley/shared/async/clock";
import { serveThread } from "@parley/threads/server/serve-thread";
import { setLogEventListeners } from "mediasoup";
import type { Log, LogLevel } from "../../contracts/log";
import type { MediaEngineCalls } from "../../contracts/media-engine";
import { MediasoupEngine } from "../mediasoup-engine";
import type { MediaThreadEvent, MediaThreadSettings } from "./media-thread";

await serveThread<MediaThreadSettings, MediaEngineCalls, MediaThreadEvent>(
  async (settings, emit) => {
    const at = (level: LogLevel) => (fields: object, message: string) => {
      emit({ type: "log", level, fields, message });
    };
    const log: Log = {
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
    };
    setLogEventListeners({
      onerror: (namespace) => {
        log.warn({ namespace }, "mediasoup reported an error");
      },
    });
    const engine = await MediasoupEngine.start(settings, systemClock, log);
    engine.subscribe((event) => {
      emit({ type: "engine", event });
    });
    return {
      close: () => engine.close(),
      calls: {
        openRoom: (request) => engine.openRoom(request),
        closeRoom: (request) => engine.closeRoom(request),
        removeMember: (request) => engine.removeMember(request),
        createTransport: (request) => engine.createTransport(request),
        connectTransport: (request) => engine.connectTransport(request),
        restartIce: (request) => engine.restartIce(request),
        produce: (request) => engine.produce(request),
        setMuted: (request) => engine.setMuted(request),
        consume: (request) => engine.consume(request),
        resumeConsumer: (request) => engine.resumeConsumer(request),
        produceData: (request) => engine.produceData(request),
        consumeData: (request) => engine.consumeData(request),
        publish: (request) => engine.publish(request),
        setWorkers: (request) => engine.setWorkers(request),
        openAgent: (request) => engine.openAgent(request),
        sendToAgent: (request) => engine.sendToAgent(request),
        closeAgent: (request) => engine.closeAgent(request),
        openCall: (request) => engine.openCall(request),
        closeCall: (request) => engine.closeCall(request),
        status: () => engine.status(),
        statistics: () => engine.statistics(),
      },
    };
  },
);
