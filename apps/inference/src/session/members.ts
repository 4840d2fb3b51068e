import type { MemberId } from "@parley/shared/protocol/ids";
import type { Speaker } from "./hearing/speaker";
import type { Turn } from "./hearing/turn";
import { namePhrases } from "./words/name-phrases";

type Member = { name: string; speaker: Speaker };

/** People present, each with what hears them. */
export class Members {
  readonly #agentName: () => string;
  readonly #terms: () => readonly string[];
  readonly #openSpeaker: (memberId: MemberId, phrases: readonly string[]) => Speaker;
  readonly #members = new Map<MemberId, Member>();

  constructor(options: {
    agentName: () => string;
    /** Terms to be preferred, besides names. */
    terms: () => readonly string[];
    /** @param phrases that the recogniser is to prefer: the names in the room */
    openSpeaker: (memberId: MemberId, phrases: readonly string[]) => Speaker;
  }) {
    this.#agentName = options.agentName;
    this.#terms = options.terms;
    this.#openSpeaker = options.openSpeaker;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  get people(): { memberId: MemberId; name: string }[] {
    return [...this.#members].map(([memberId, { name }]) => ({ memberId, name }));
  }

  /** Of people, in the order in which they came. */
  get peopleNames(): string[] {
    return [...this.#members.values()].map(({ name }) => name);
  }

  /** Of the agent and of people. */
  get names(): string[] {
    return [this.#agentName(), ...this.peopleNames];
  }

  /** Empty for somebody who is not there. */
  nameOf(memberId: MemberId): string {
    return this.#members.get(memberId)?.name ?? "";
  }

  speakerOf(memberId: MemberId): Speaker | undefined {
    return this.#members.get(memberId)?.speaker;
  }

  /** @returns false for a member who is there, and may have another name from now on */
  join(memberId: MemberId, name: string): boolean {
    const known = this.#members.get(memberId);
    if (known !== undefined) {
      known.name = name;
      this.setPhrases();
      return false;
    }
    const phrases = this.setPhrases(name);
    this.#members.set(memberId, { name, speaker: this.#openSpeaker(memberId, phrases) });
    return true;
  }

  /** @returns the turn that the member was in the middle of; undefined for somebody not there */
  leave(memberId: MemberId): Turn | null | undefined {
    const member = this.#members.get(memberId);
    if (member === undefined) return undefined;
    const { turn } = member.speaker;
    member.speaker.close();
    this.#members.delete(memberId);
    this.setPhrases();
    return turn;
  }

  /** Hears everybody anew. @returns the turns that they were in the middle of */
  reopen(): Turn[] {
    return [...this.#members].flatMap(([memberId, member]) => {
      const { turn } = member.speaker;
      member.speaker.close();
      member.speaker = this.#openSpeaker(memberId, this.#phrases());
      return turn === null ? [] : [turn];
    });
  }

  /** Has every recogniser stream prefer the names in the room, and terms. @returns the phrases */
  setPhrases(...joining: string[]): string[] {
    const phrases = this.#phrases(...joining);
    for (const { speaker } of this.#members.values()) speaker.setPhrases(phrases);
    return phrases;
  }

  /** Idempotent. */
  close(): void {
    for (const { speaker } of this.#members.values()) speaker.close();
    this.#members.clear();
  }

  #phrases(...joining: string[]): string[] {
    return [...namePhrases([...this.names, ...joining]), ...this.#terms()];
  }
}
