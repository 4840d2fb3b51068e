import type { MemberId } from "@parley/shared/protocol/ids";
import type { MemberEvent } from "@parley/shared/protocol/room-event";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import type {
  MediaClient,
  MediaClientEvent,
  MediaConnection,
  MediaSession,
} from "../media/media-client";
import type { MediaRoute } from "../media/media-route";
import type { SoundDelay } from "../media/sound-delay";

/**
 * Media of a room across reconnections: keeps the microphone track, whether it is muted, and the
 * sources to receive, and applies them to each new media client.
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

  /** True while there are transports and channels. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  get connection(): MediaConnection | null {
    return this.#connection;
  }

  /** Closes the present transports and creates new ones. */
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
    // The map includes members who came or left while the transports were created.
    await client.setSources([...this.#sources.values()]);
    await this.#sendMicrophone(client);
  }

  /** Sends this track from now on: at once while media is up, otherwise with the next rebuild. */
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

  async soundDelay(): Promise<SoundDelay | null> {
    return (await this.#client?.soundDelay()) ?? null;
  }

  routes(): readonly MediaRoute[] {
    return this.#client?.routes() ?? [];
  }

  levels(): ReadonlyMap<MemberId, number> {
    return this.#client?.levels() ?? new Map<MemberId, number>();
  }

  close(): void {
    this.#isClosed = true;
    this.discard();
  }

  /** Closes the present transports; `rebuild` creates new ones. */
  discard(): void {
    this.#client?.close();
    this.#client = null;
    this.#isStarted = false;
    this.#connection = null;
  }

  async #sendMicrophone(client: MediaClient): Promise<void> {
    if (this.#track === null) return;
    await client.setMicrophone(this.#track);
    // The member may have been muted before the track was set, or while it was.
    client.setMuted(this.#isMuted);
  }
}
