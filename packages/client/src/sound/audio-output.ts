import type { MemberId } from "@parley/shared/protocol/ids";
import { Emitter } from "../emitter";

export type AudioOutputEvent =
  /** Whether the browser blocks playback until the user has clicked. */
  { type: "blocked-changed"; isBlocked: boolean };

/** Audio output as the room client needs it. */
export type AudioOutputPort = Pick<
  AudioOutput,
  | "add"
  | "remove"
  | "clear"
  | "setAgents"
  | "muteAgent"
  | "unmuteAgent"
  | "setAgentVolume"
  | "chooseDevice"
  | "unlock"
  | "subscribe"
  | "close"
>;

type Playback = { memberId: MemberId; element: HTMLAudioElement; track: MediaStreamTrack };

/**
 * Playback of the other members, each through an `<audio>` element of its own. Echo cancellation
 * does not remove sound that is played in any other way.
 */
export class AudioOutput {
  readonly #emitter = new Emitter<AudioOutputEvent>();
  readonly #playbacks = new Map<MemberId, Playback>();
  #agents: ReadonlySet<MemberId> = new Set();
  #deviceId: string | null = null;
  #isAgentMuted = false;
  #agentVolume = 1;
  #isBlocked = false;

  /** Plays the track of a member in place of any earlier one. */
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
    this.#applyAgent(playback);
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

  /** Sets which members are agents; a track may arrive before its member is known. */
  setAgents(memberIds: Iterable<MemberId>): void {
    this.#agents = new Set(memberIds);
    for (const playback of this.#playbacks.values()) this.#applyAgent(playback);
  }

  /**
   * Mutes the agent within one audio frame. The rest of a cut reply in the browser's jitter buffer
   * would otherwise be heard for 60 ms or more.
   */
  muteAgent(): void {
    this.#setAgentMuted(true);
  }

  /** Unmutes the agent, for a new reply. */
  unmuteAgent(): void {
    this.#setAgentMuted(false);
  }

  /** Plays all members on this device, or on the system's choice. */
  async chooseDevice(deviceId: string | null): Promise<void> {
    this.#deviceId = deviceId;
    await Promise.all([...this.#playbacks.values()].map((playback) => this.#applyDevice(playback)));
  }

  /** Starts playback that the browser has blocked. Call from a click. */
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

  /** Sets how loud agents are, 0 to 1. iOS leaves this to the buttons of the phone. */
  setAgentVolume(volume: number): void {
    this.#agentVolume = volume;
    for (const playback of this.#playbacks.values()) this.#applyAgent(playback);
  }

  #setAgentMuted(isMuted: boolean): void {
    this.#isAgentMuted = isMuted;
    for (const playback of this.#playbacks.values()) this.#applyAgent(playback);
  }

  #applyAgent({ memberId, element, track }: Playback): void {
    const isAgent = this.#agents.has(memberId);
    element.toggleAttribute("data-agent-audio", isAgent);
    track.enabled = !(isAgent && this.#isAgentMuted);
    element.volume = isAgent ? this.#agentVolume : 1;
  }

  async #applyDevice(playback: Playback): Promise<void> {
    if (!("setSinkId" in playback.element)) return;
    // A missing device leaves the element where it is, on the system's choice.
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
