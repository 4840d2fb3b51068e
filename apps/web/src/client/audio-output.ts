import type { MemberId } from "@parley/shared/protocol/ids";
import { Emitter } from "./emitter";

export type AudioOutputEvent =
  /** The browser wants a click before it plays sound. */
  { type: "blocked-changed"; isBlocked: boolean };

/** What the room client needs of a loudspeaker. */
export type AudioOutputPort = Pick<
  AudioOutput,
  | "add"
  | "remove"
  | "clear"
  | "setAgents"
  | "muteAgent"
  | "unmuteAgent"
  | "chooseDevice"
  | "unlock"
  | "subscribe"
  | "close"
>;

type Playback = { memberId: MemberId; element: HTMLAudioElement; track: MediaStreamTrack };

/**
 * Plays every other member through an `<audio>` element of its own: what is played any other way
 * comes back through the microphone uncancelled.
 */
export class AudioOutput {
  readonly #emitter = new Emitter<AudioOutputEvent>();
  readonly #playbacks = new Map<MemberId, Playback>();
  #agents: ReadonlySet<MemberId> = new Set();
  #deviceId: string | null = null;
  #isAgentMuted = false;
  #isBlocked = false;

  /** Starts to play a member; an earlier track of the same member is replaced. */
  add(memberId: MemberId, track: MediaStreamTrack): void {
    this.remove(memberId);
    const element = document.createElement("audio");
    element.autoplay = true;
    element.setAttribute("playsinline", "");
    element.setAttribute("data-member-id", memberId);
    element.srcObject = new MediaStream([track]);
    document.body.append(element);
    const playback = { memberId, element, track };
    this.#playbacks.set(memberId, playback);
    this.#applyAgentMute(playback);
    void this.#applyDevice(playback).then(() => this.#play(playback));
  }

  remove(memberId: MemberId): void {
    const playback = this.#playbacks.get(memberId);
    if (playback === undefined) return;
    this.#playbacks.delete(memberId);
    playback.element.srcObject = null;
    playback.element.remove();
  }

  clear(): void {
    for (const memberId of [...this.#playbacks.keys()]) this.remove(memberId);
  }

  /** Says who is an agent; a playback may be there before its owner is known. */
  setAgents(memberIds: Iterable<MemberId>): void {
    this.#agents = new Set(memberIds);
    for (const playback of this.#playbacks.values()) this.#applyAgentMute(playback);
  }

  /**
   * Silences the agent within one audio frame. What the browser has buffered of a cut reply would
   * otherwise be heard for another 60 ms or more.
   */
  muteAgent(): void {
    this.#setAgentMuted(true);
  }

  /** A new reply is coming: let the agent be heard. */
  unmuteAgent(): void {
    this.#setAgentMuted(false);
  }

  /** Plays everybody on this device, or on the system's choice. */
  async chooseDevice(deviceId: string | null): Promise<void> {
    this.#deviceId = deviceId;
    await Promise.all([...this.#playbacks.values()].map((playback) => this.#applyDevice(playback)));
  }

  /** Call from a click: starts whatever the browser held back. */
  unlock(): void {
    for (const playback of this.#playbacks.values()) void this.#play(playback);
  }

  subscribe(listener: (event: AudioOutputEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    this.clear();
    this.#emitter.clear();
  }

  #setAgentMuted(isMuted: boolean): void {
    this.#isAgentMuted = isMuted;
    for (const playback of this.#playbacks.values()) this.#applyAgentMute(playback);
  }

  #applyAgentMute({ memberId, element, track }: Playback): void {
    const isAgent = this.#agents.has(memberId);
    element.toggleAttribute("data-agent-audio", isAgent);
    track.enabled = !(isAgent && this.#isAgentMuted);
  }

  async #applyDevice(playback: Playback): Promise<void> {
    if (!("setSinkId" in playback.element)) return;
    // A device that has gone leaves the sound where it is, on the system's choice.
    await playback.element.setSinkId(this.#deviceId ?? "").catch(() => undefined);
  }

  async #play(playback: Playback): Promise<void> {
    try {
      await playback.element.play();
      this.#setBlocked(false);
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.#setBlocked(true);
    }
  }

  #setBlocked(isBlocked: boolean): void {
    if (this.#isBlocked === isBlocked) return;
    this.#isBlocked = isBlocked;
    this.#emitter.emit({ type: "blocked-changed", isBlocked });
  }
}
