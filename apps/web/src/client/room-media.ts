import type { MemberId } from "@parley/shared/protocol/ids";
import type { MemberEvent } from "@parley/shared/protocol/room-event";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import type { MediaClient, MediaClientEvent, MediaConnection, MediaSession } from "./media-client";

/**
 * The media of a room across rebuilds: remembers the microphone, whether it is muted and who is to
 * be heard, and hands them to each new media client.
 */
export class RoomMedia {
  readonly #createClient: () => MediaClient;
  readonly #onEvent: (event: MediaClientEvent) => void;
  #client: MediaClient | null = null;
  #track: MediaStreamTrack | null = null;
  #isMuted = false;
  readonly #sources = new Map<string, MediaSource>();
  #isStarted = false;
  #connection: MediaConnection | null = null;
  #isClosed = false;

  constructor(options: {
    createClient: () => MediaClient;
    onEvent: (event: MediaClientEvent) => void;
  }) {
    this.#createClient = options.createClient;
    this.#onEvent = options.onEvent;
  }

  /** Transports and channels were built and have not been thrown away. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  get connection(): MediaConnection | null {
    return this.#connection;
  }

  /** Throws away what was and builds anew. */
  async rebuild(session: MediaSession, signal: AbortSignal): Promise<void> {
    this.discard();
    if (this.#isClosed) return;
    const client = this.#createClient();
    this.#client = client;
    client.subscribe((event) => {
      if (this.#client !== client) return;
      if (event.type === "connection-changed") this.#connection = event.connection;
      this.#onEvent(event);
    });
    await client.start(session, signal);
    if (this.#client !== client) return;
    this.#isStarted = true;
    // Who came or went while transports were built is in the map already.
    await client.setSources([...this.#sources.values()]);
    await this.#sendMicrophone(client);
  }

  /** The next rebuild or resume sends it, or this call does when media is up. */
  async setMicrophone(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    if (this.#isStarted && this.#client !== null) await this.#sendMicrophone(this.#client);
  }

  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#client?.setMuted(isMuted);
  }

  async setSources(sources: readonly MediaSource[]): Promise<void> {
    this.#sources.clear();
    for (const source of sources) this.#sources.set(source.producerId, source);
    if (this.#isStarted) await this.#client?.setSources(sources);
  }

  async addSource(source: MediaSource): Promise<void> {
    this.#sources.set(source.producerId, source);
    if (this.#isStarted) await this.#client?.addSource(source);
  }

  removeSource(producerId: string): void {
    this.#sources.delete(producerId);
    this.#client?.removeSource(producerId);
  }

  send(event: MemberEvent): boolean {
    return this.#client?.send(event) ?? false;
  }

  async restartIce(signal: AbortSignal): Promise<void> {
    await this.#client?.restartIce(signal);
  }

  levels(): ReadonlyMap<MemberId, number> {
    return this.#client?.levels() ?? new Map<MemberId, number>();
  }

  close(): void {
    this.#isClosed = true;
    this.discard();
  }

  /** Closes the transports that are; `rebuild` makes new ones. */
  discard(): void {
    this.#client?.close();
    this.#client = null;
    this.#isStarted = false;
    this.#connection = null;
  }

  async #sendMicrophone(client: MediaClient): Promise<void> {
    if (this.#track === null) return;
    await client.setMicrophone(this.#track);
    // Muted before there was anything to mute, or meanwhile.
    client.setMuted(this.#isMuted);
  }
}
