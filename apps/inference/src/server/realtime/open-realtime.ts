import { loadSpeex } from "@parley/audio/resampling/speex";
import { AppError } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import { agentLinkProtocol } from "@parley/shared/protocol/agent-link";
import { newId } from "@parley/shared/protocol/ids";
import type { SessionObserver } from "../../contracts/session-observer";
import type { SessionEngines } from "../../session/engines";
import type { SessionSettings } from "../../session/settings";
import type { TimersByRoom } from "../../session/tools/timers-by-room";
import type { Clock } from "@parley/shared/async/clock";
import type { ServerEvent } from "./events/server-events";
import { realtimeErrorFields } from "./realtime-error";
import { ClientRequests } from "./session/client-requests";
import type { RealtimeConfig } from "./events/shown-session";
import { shownConfig } from "./session/realtime-config";
import { RealtimeSession } from "./session/realtime-session";
import { InputSound } from "./sound/input-sound";
import type { EventHandler } from "./realtime-socket";

export type OpenRealtimeOptions = {
  engines: SessionEngines;
  config: RealtimeConfig;
  defaultVoice: string;
  settings: SessionSettings;
  timers: TimersByRoom;
  clock: Clock;
  /** Null: nobody counts or traces the session. */
  observer: SessionObserver | null;
  emit: (event: ServerEvent) => void;
  /** Aborting it closes the session. */
  signal: AbortSignal;
};

/** Opens a session for one client, and tells it of it. */
export async function openRealtime(options: OpenRealtimeOptions): Promise<EventHandler> {
  const { engines, config, defaultVoice, clock, observer, emit, signal } = options;
  const speex = await loadSpeex();
  const sound = await InputSound.open(config.audio.input.format);
  const roomId = newId<RoomId>();
  emit({ type: "session.created", session: shownConfig(config) });
  const session = new RealtimeSession({
    engines,
    config,
    defaultVoice,
    clock,
    speex,
    emit,
    signal,
    settings: options.settings,
    timers: options.timers.of(roomId),
    onNotice: (notice) => {
      observer?.noticed(notice);
      if (notice.type !== "error") return;
      const { code, message, isRetryable } = notice.error;
      const error = new AppError(code, message, { isRetryable });
      emit({ type: "error", error: realtimeErrorFields(error, null) });
    },
  });
  observer?.requested({
    type: "session-open",
    protocol: agentLinkProtocol,
    roomId,
    history: [],
    agent: session.agent,
    members: [session.member],
  });
  const { recognizer, synthesizer } = engines;
  const requests = new ClientRequests({
    session,
    recognizer,
    synthesizer,
    defaultVoice,
    sound,
    emit,
    signal,
  });
  return {
    carryOut: (event) => requests.carryOut(event),
    get waitingMs() {
      return session.feed.queuedMs;
    },
  };
}
