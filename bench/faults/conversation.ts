import { setTimeout as delay } from "node:timers/promises";
import type { RoomPage } from "../../e2e/support/room-page";
import { sumOf } from "../../e2e/support/sums";

/** How often it is looked whether an answer has come, in ms. */
const lookEveryMs = 50;
/** Patience with one question, after which people ask another, in ms. */
const patienceMs = 8_000;

/** One person who asks sums until they are answered. */
export class Conversation {
  readonly room: RoomPage;
  #questions: number;

  /** @param asked sums that others of the room ask, before this one's */
  constructor(room: RoomPage, asked = 0) {
    this.room = room;
    this.#questions = asked;
  }

  /**
   * Asks, again where no answer comes, until one does.
   *
   * @returns false when none came within the limit
   */
  async ask(limitMs: number): Promise<boolean> {
    const endMs = performance.now() + limitMs;
    while (performance.now() < endMs) {
      const { question, answer } = sumOf(++this.#questions);
      await this.room.type(question);
      const answers = this.room.finalLines("Parley").filter({ hasText: answer });
      const askAgainMs = Math.min(endMs, performance.now() + patienceMs);
      while (performance.now() < askAgainMs) {
        if ((await answers.count()) > 0) return true;
        await delay(lookEveryMs);
      }
    }
    return false;
  }

  /** Has the agent tell something long, and resolves while it speaks. */
  async listenToStory(): Promise<void> {
    await this.room.type("tell me a long story");
    await this.room.expectState("speaking");
  }

  /** Whether a line of one's own is in the transcript, settled. */
  async hasSaid(name: string, text: string): Promise<boolean> {
    return (await this.room.finalLines(name).filter({ hasText: text }).count()) > 0;
  }
}
