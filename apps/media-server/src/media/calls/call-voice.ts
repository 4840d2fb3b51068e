import type { Speex } from "@parley/audio/resampling/speex";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import type { Clock } from "@parley/shared/async/clock";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { voiceSampleRate, type VoiceEncoder } from "../../audio/opus-codec";
import { PlayoutPacer } from "../voice/playout-pacer";
import { VoiceTrack } from "../voice/voice-track";
import type { SoundDelta } from "./realtime-message";

/** Responses whose late sound is known as such. */
const rememberedResponses = 64;

export type CutResponse = {
  responseId: string;
  itemId: string;
  contentIndex: number;
  /** Sound of it that was sent to the browser, ms. */
  playedMs: number;
  /** Something of it was sent. */
  hasStarted: boolean;
};

export type CallVoiceOptions = {
  clock: Clock;
  speex: Speex;
  encoder: VoiceEncoder;
  /** Takes a packet of RTP every 20 ms. */
  sendRtp: (packet: Buffer) => void;
  onStarted: (responseId: string) => void;
  /** All of it was sent. */
  onStopped: (responseId: string) => void;
  onCut: (cut: CutResponse) => void;
};

type Response = {
  responseId: string;
  replyId: ReplyId;
  itemId: string;
  contentIndex: number;
  joiner: SampleJoiner;
  sequence: number;
  hasStarted: boolean;
};

/** The agent's voice in a call: responses' sound, which comes fast, at the speed of speech. */
export class CallVoice {
  readonly #options: CallVoiceOptions;
  readonly #track: VoiceTrack;
  readonly #pacer: PlayoutPacer;
  readonly #playing = new Map<ReplyId, Response>();
  readonly #over = new Set<string>();

  constructor(options: CallVoiceOptions) {
    this.#options = options;
    this.#track = new VoiceTrack(options.encoder);
    this.#pacer = new PlayoutPacer({
      clock: options.clock,
      speex: options.speex,
      send: (frame, index) => {
        options.sendRtp(this.#track.packetize(frame, index));
      },
      report: (report) => {
        this.#reported(report);
      },
    });
  }

  /** Of the track. */
  get ssrc(): number {
    return this.#track.ssrc;
  }

  get counts() {
    return this.#pacer.counts;
  }

  start(): void {
    this.#pacer.start();
  }

  /** @returns false when the response has grown too long */
  push({ response_id: responseId, item_id, content_index, delta }: SoundDelta): boolean {
    if (this.#over.has(responseId)) return true;
    const response = this.#find(responseId) ?? this.#open(responseId);
    response.itemId = item_id;
    response.contentIndex = content_index;
    const outcome = this.#pacer.push({
      kind: "reply",
      id: response.replyId,
      sequence: response.sequence++,
      sampleRate: voiceSampleRate,
      stampMs: 0,
      samples: response.joiner.push(Buffer.from(delta, "base64")),
    });
    return outcome !== "overflow";
  }

  /** No more sound of it follows. */
  complete(responseId: string): void {
    const response = this.#find(responseId);
    if (response !== undefined) this.#pacer.endAudio(response.replyId);
  }

  /** Drops what was not sent of a response. */
  cut(responseId: string): void {
    const response = this.#find(responseId);
    if (response !== undefined) this.#pacer.cancel(response.replyId);
    this.#remember(responseId);
  }

  cutAll(): void {
    for (const { responseId } of [...this.#playing.values()]) this.cut(responseId);
  }

  /** Idempotent; tells nothing. */
  close(): void {
    this.#pacer.close();
    this.#track.close();
    this.#playing.clear();
  }

  #find(responseId: string): Response | undefined {
    return [...this.#playing.values()].find((response) => response.responseId === responseId);
  }

  #open(responseId: string): Response {
    const replyId = newId<ReplyId>();
    const response = {
      responseId,
      replyId,
      itemId: "",
      contentIndex: 0,
      joiner: new SampleJoiner(),
      sequence: 0,
      hasStarted: false,
    };
    this.#playing.set(replyId, response);
    this.#pacer.open(replyId);
    return response;
  }

  #reported({ replyId, state, playedMs }: PlayoutReport): void {
    const response = this.#playing.get(replyId);
    if (response === undefined) return;
    const { onStarted, onStopped, onCut } = this.#options;
    const { responseId, itemId, contentIndex, hasStarted } = response;
    if (state === "started") {
      response.hasStarted = true;
      onStarted(responseId);
    }
    if (state !== "finished" && state !== "cancelled") return;
    this.#playing.delete(replyId);
    this.#remember(responseId);
    if (state === "finished") onStopped(responseId);
    else onCut({ responseId, itemId, contentIndex, playedMs: Math.round(playedMs), hasStarted });
  }

  #remember(responseId: string): void {
    this.#over.add(responseId);
    const [oldest] = this.#over;
    if (this.#over.size > rememberedResponses && oldest !== undefined) this.#over.delete(oldest);
  }
}
