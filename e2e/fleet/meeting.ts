import type { Page } from "@playwright/test";
import { installEventProbe } from "../support/event-probe";
import { Sightings } from "../support/sightings";
import { sumOf } from "../support/sums";
import type { Talker } from "../support/talker";
import { expect } from "../support/test";
import type { Fleet } from "./fleet";
import { expectNothingLost } from "./room-watch";

/** The whole machine is busy with two browsers and six servers. */
export const slow = { timeout: 60_000 };

/** Two people in one room, who came in by two entries; the room is at the first. */
export class Meeting {
  #questions = 0;

  static async begin(fleet: Fleet, talker: () => Promise<Talker>): Promise<Meeting> {
    const [ada, bea] = [await talker(), await talker()];
    for (const { page } of [ada, bea]) await installEventProbe(page);
    const [one, two] = fleet.entries;
    await ada.createAndJoin("Ada", one.address);
    const { pathname } = new URL(ada.page.url());
    await bea.openAndJoin(`${two.address}${pathname}`, "Bea");
    await ada.expectAnswered();
    return new Meeting(ada, bea, fleet, pathname.slice("/r/".length));
  }

  private constructor(
    readonly ada: Talker,
    readonly bea: Talker,
    readonly fleet: Fleet,
    readonly roomId: string,
  ) {}

  /**
   * One asks, the agent answers, and these read it. An answer that was cut off, as when its worker is
   * given up on a busy machine, is asked for again, as people do, and that is told of.
   */
  async converse(who: Talker, readers: readonly Talker[] = [this.ada, this.bea]): Promise<void> {
    const { question, answer } = sumOf(++this.#questions);
    await who.type(question);
    await expect(who.transcript.getByText(question)).not.toHaveCount(0, slow);
    const answers = who.finalLines("Parley").filter({ hasText: answer });
    const cutOff = who.transcript.locator("li").last().filter({ hasText: "cut short" });
    await expect(answers.or(cutOff).first()).toBeVisible(slow);
    if ((await answers.count()) === 0) {
      console.log(`fleet: an answer was cut off, and "${question}" asked again`);
      await who.type(question);
    }
    for (const each of readers) {
      await expect(each.finalLines("Parley").filter({ hasText: answer })).not.toHaveCount(0, slow);
    }
  }

  /** Has the agent tell a story. Resolves while it is being told. */
  async hearStory(who: Talker): Promise<void> {
    await who.type("tell me a short story");
    await who.expectState("speaking", slow.timeout);
    await expect.poll(async () => (await this.lastWords(who)).length, slow).toBeGreaterThan(30);
  }

  /** The words of the last line so far. */
  async lastWords(who: Talker): Promise<string> {
    const words = await who.words(who.transcript.locator("li").last());
    // A line that grows ends with a mark that nobody sees.
    return words.replace(/\s*\u2060$/u, "");
  }

  /** Replies that were cut off, as both pages have them. */
  async cutOff(): Promise<string[]> {
    const [ofAda = [], ofBea = []] = await Promise.all(
      [this.ada, this.bea].map(async (who) => {
        const lines = await who.finalLines("Parley").filter({ hasText: "cut short" }).all();
        return await Promise.all(lines.map((line) => who.words(line)));
      }),
    );
    expect(ofBea).toEqual(ofAda);
    return ofAda;
  }

  /** Waits until the second entry serves every line that either browser was sent. @returns how many */
  nothingLost(): Promise<number> {
    const pages: Page[] = [this.ada.page, this.bea.page];
    return expectNothingLost(pages, this.fleet.entries[1].address, this.roomId);
  }
}

/** Time in ms from now until this page has lost its connection and has it back. */
export async function comesBack({ page }: Talker): Promise<() => Promise<number>> {
  const alerts = await Sightings.fromNow(page, '[role="alert"]');
  const startMs = performance.now();
  return async () => {
    await alerts.expectInOrder([/connection lost/i, /^$/], slow.timeout);
    return Math.round(performance.now() - startMs);
  };
}
