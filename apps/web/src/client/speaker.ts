import type { MemberId } from "@parley/shared/protocol/ids";
import { Emitter } from "./emitter";

export type SpeakerEvent =
  /** The browser wants a click before it plays sound. */
  { type: "blocked-changed"; isBlocked: boolean };

/** What the room client needs of a loudspeaker. */
export type SpeakerPort = Pick<
  Speaker,
  | "add"
  | "remove"
  | "clear"
  | "setAgents"
  | "hushAgent"
  | "unhushAgent"
  | "chooseDevice"
  | "unlock"
  | "subscribe"
  | "close"
>;

type Voice = { memberId: MemberId; element: HTMLAudioElement; track: MediaStreamTrack };

/**
 * Plays every other member through an `<audio>` element of its own: what is played any other way
 * comes back through the microphone uncancelled.
 */
export class Speaker {
  readonly #emitter = new Emitter<SpeakerEvent>();
  readonly #voices = new Map<MemberId, Voice>();
  #agents: ReadonlySet<MemberId> = new Set();
  #deviceId: string | null = null;
  #isAgentHushed = false;
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
    const voice = { memberId, element, track };
    this.#voices.set(memberId, voice);
    this.#mark(voice);
    void this.#route(voice).then(() => this.#play(voice));
  }

  remove(memberId: MemberId): void {
    const voice = this.#voices.get(memberId);
    if (voice === undefined) return;
    this.#voices.delete(memberId);
    voice.element.srcObject = null;
    voice.element.remove();
  }

  clear(): void {
    for (const memberId of [...this.#voices.keys()]) this.remove(memberId);
  }

  /** Says who is an agent; a voice may be there before its owner is known. */
  setAgents(memberIds: Iterable<MemberId>): void {
    this.#agents = new Set(memberIds);
    for (const voice of this.#voices.values()) this.#mark(voice);
  }

  /**
   * Silences the agent within one audio frame. What the browser has buffered of a cut reply would
   * otherwise be heard for another 60 ms or more.
   */
  hushAgent(): void {
    this.#setAgentHushed(true);
  }

  /** A new reply is coming: let the agent be heard. */
  unhushAgent(): void {
    this.#setAgentHushed(false);
  }

  /** Plays everybody on this device, or on the system's choice. */
  async chooseDevice(deviceId: string | null): Promise<void> {
    this.#deviceId = deviceId;
    await Promise.all([...this.#voices.values()].map((voice) => this.#route(voice)));
  }

  /** Call from a click: starts whatever the browser held back. */
  unlock(): void {
    for (const voice of this.#voices.values()) void this.#play(voice);
  }

  subscribe(listener: (event: SpeakerEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    this.clear();
    this.#emitter.clear();
  }

  #setAgentHushed(isHushed: boolean): void {
    this.#isAgentHushed = isHushed;
    for (const voice of this.#voices.values()) this.#mark(voice);
  }

  #mark({ memberId, element, track }: Voice): void {
    const isAgent = this.#agents.has(memberId);
    element.toggleAttribute("data-agent-audio", isAgent);
    track.enabled = !(isAgent && this.#isAgentHushed);
  }

  async #route(voice: Voice): Promise<void> {
    if (!("setSinkId" in voice.element)) return;
    // A device that has gone leaves the sound where it is, on the system's choice.
    await voice.element.setSinkId(this.#deviceId ?? "").catch(() => undefined);
  }

  async #play(voice: Voice): Promise<void> {
    try {
      await voice.element.play();
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
