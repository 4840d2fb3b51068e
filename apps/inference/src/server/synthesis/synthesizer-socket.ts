import type { Clock } from "@parley/shared/async/clock";
import { AppError, toWireError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import type { WebSocket } from "ws";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { type CloseCode, closeCodes } from "../close-codes";
import { OffenceCounter } from "../offence-counter";
import type { ServerLog } from "../session-socket";
import { watchLiveness } from "../watch-liveness";
import { PlaybackPace } from "./playback-pace";
import { SlowSocket } from "./slow-socket";
import {
  readSynthesizerRequest,
  type SynthesizerNotice,
  type SynthesizerRequest,
  usualStreamRate,
} from "./synthesizer-messages";
import { type StreamSettings, VoiceStream } from "./voice-stream";
import { VoiceStreams } from "./voice-streams";
import { voiceSettings } from "./voice-settings";

export type SynthesizerSocketOptions = {
  socket: WebSocket;
  synthesizer: Synthesizer;
  defaultVoice: string;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes the connection. */
  signal: AbortSignal;
};

/** Longest message in bytes; far above the longest text. */
export const maxMessageBytes = 256 * 1_024;
/** Invalid messages that are tolerated within ten seconds. */
const offenceLimit = { limit: 20, periodMs: 10_000 };
const livenessIntervalMs = 20_000;

/** One client of the synthesiser: texts in, sound out, streams spoken one after another. */
export class SynthesizerSocket {
  readonly #options: SynthesizerSocketOptions;
  readonly #client: SlowSocket;
  readonly #pace: PlaybackPace;
  readonly #offences: OffenceCounter;
  readonly #streams: VoiceStreams;
  #settings: StreamSettings;
  #isClosed = false;

  constructor(options: SynthesizerSocketOptions) {
    this.#options = options;
    const { socket, synthesizer, defaultVoice, clock, signal } = options;
    const onStall = (error: AppError) => {
      // A closing handshake would wait in the same full buffer.
      this.#close(error, closeCodes.policyViolation);
      socket.terminate();
    };
    this.#client = new SlowSocket({ socket, clock, onStall });
    this.#pace = new PlaybackPace(clock);
    this.#offences = new OffenceCounter({ clock, ...offenceLimit });
    this.#streams = new VoiceStreams({
      notice: (notice) => {
        this.#send(notice);
      },
      onFailure: (error) => {
        this.#fail(error, closeCodes.internalError);
      },
    });
    const usual = voiceSettings({}, synthesizer, defaultVoice);
    const plain = { mode: "batch", seed: null, temperature: null } as const;
    this.#settings = { ...usual, ...plain, sampleRate: usualStreamRate };
    socket.on("message", (data, isBinary) => {
      this.#receive(messageBytes(data), isBinary);
    });
    const listening = new AbortController();
    socket.on("close", () => {
      this.#isClosed = true;
      this.#streams.stop();
      listening.abort();
    });
    // `ws` closes the socket itself after an error; without a listener it would end the process.
    socket.on("error", () => {
      options.log.warn({}, "synthesiser connection failed");
    });
    const onShutdown = () => {
      this.#isClosed = true;
      this.#streams.stop();
      socket.close(closeCodes.tryAgainLater, "shutting down");
    };
    signal.addEventListener("abort", onShutdown, { signal: listening.signal });
    watchLiveness({ socket, clock, intervalMs: livenessIntervalMs, signal: listening.signal });
  }

  #receive(bytes: Uint8Array, isBinary: boolean): void {
    if (this.#isClosed) return;
    if (bytes.length > maxMessageBytes) {
      const message = `message of ${bytes.length} bytes; at most ${maxMessageBytes} are taken`;
      this.#fail(new AppError("frame-too-large", message), closeCodes.messageTooBig);
      return;
    }
    try {
      if (isBinary) throw new AppError("invalid-request", "binary messages are not supported");
      this.#handle(readSynthesizerRequest(new TextDecoder().decode(bytes)));
    } catch (error) {
      this.#offend(error);
    }
  }

  #handle(request: SynthesizerRequest): void {
    switch (request.type) {
      case "init":
        this.#init(request);
        break;
      case "text": {
        const stream = this.#streams.open ?? this.#create(null);
        this.#streams.speak(stream, { text: request.text, mode: request.mode ?? null });
        break;
      }
      case "close":
        this.#finish();
        break;
      case "cancel":
        this.#cancel(request.stream_id ?? null);
        break;
      case "ping":
        this.#send({ type: "pong" });
        break;
    }
  }

  /** Starts a stream with new settings; invalid settings throw and change nothing. */
  #init(request: Extract<SynthesizerRequest, { type: "init" }>): void {
    const { synthesizer, defaultVoice } = this.#options;
    this.#settings = {
      ...voiceSettings(request, synthesizer, defaultVoice),
      mode: request.default_mode ?? "batch",
      sampleRate: request.sample_rate ?? usualStreamRate,
      seed: request.seed ?? null,
      temperature: request.temperature ?? null,
    };
    if (!this.#streams.isEmpty) {
      this.#streams.cancel("init");
      this.#pace.reset();
    }
    this.#create(request.request_id ?? null);
  }

  #create(requestId: string | null): VoiceStream {
    const { synthesizer, clock } = this.#options;
    const stream = new VoiceStream({
      settings: this.#settings,
      requestId,
      synthesizer,
      clock,
      notice: (notice) => {
        this.#send(notice);
      },
      pace: this.#pace,
      sound: (bytes, signal) => this.#client.sound(bytes, signal),
      onIdle: () => {
        this.#streams.cancel("idle");
      },
    });
    this.#streams.add(stream);
    return stream;
  }

  /** A client that closes expects `done`, even without a stream. */
  #finish(): void {
    const stream = this.#streams.open;
    if (stream !== null) stream.close();
    else if (this.#streams.isEmpty) {
      this.#send({ type: "done", stream_id: null, total_audio_ms: 0, segments_generated: 0 });
    }
  }

  #cancel(id: string | null): void {
    if (id === null || this.#streams.isSpeaking(id)) {
      this.#streams.cancel("cancel");
      this.#pace.reset();
      return;
    }
    const nothing = { total_audio_ms: 0, segments_generated: 0, segments_dropped: 0 };
    this.#send({ type: "cancelled", stream_id: id, reason: "cancel", ...nothing });
  }

  /** Drops an invalid message; a flood of them closes the connection. */
  #offend(error: unknown): void {
    if (this.#offences.isOneTooMany()) {
      const message = "too many invalid messages";
      this.#fail(new AppError("too-many-requests", message), closeCodes.policyViolation);
      return;
    }
    const { message, code } = toWireError(error);
    this.#options.log.warn({ code }, "synthesiser message refused");
    this.#send({ type: "error", message, code, fatal: false });
  }

  #fail(error: unknown, closeCode: CloseCode): void {
    if (this.#isClosed) return;
    const { message, code } = toWireError(error);
    this.#send({ type: "error", message, code, fatal: true });
    this.#close(error, closeCode);
  }

  #close(error: unknown, closeCode: CloseCode): void {
    if (this.#isClosed) return;
    const { code } = toWireError(error);
    this.#options.log.warn({ code }, "synthesiser connection refused");
    this.#isClosed = true;
    this.#streams.stop();
    this.#options.socket.close(closeCode, code);
  }

  #send(notice: SynthesizerNotice): void {
    if (!this.#isClosed) this.#client.notice(notice);
  }
}
