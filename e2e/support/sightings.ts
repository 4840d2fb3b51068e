import { expect, type Page } from "@playwright/test";

declare global {
  var parleySightings: Record<string, string[]> | undefined;
}

/**
 * The texts that an element of the page has shown, one after the other: one that is there for a
 * moment only would be missed by looking once in a while. A reload of the page ends it.
 */
export class Sightings {
  readonly #page: Page;
  readonly #selector: string;

  private constructor(page: Page, selector: string) {
    this.#page = page;
    this.#selector = selector;
  }

  /**
   * Watches from now on.
   *
   * @param selector CSS; the element may come and go
   */
  static async fromNow(page: Page, selector: string): Promise<Sightings> {
    await page.evaluate((watched) => {
      const texts: string[] = [];
      globalThis.parleySightings = { ...globalThis.parleySightings, [watched]: texts };
      const look = () => {
        const text = document.querySelector(watched)?.textContent ?? "";
        if (text !== texts.at(-1)) texts.push(text);
      };
      look();
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    }, selector);
    return new Sightings(page, selector);
  }

  /** Waits until these were shown, in this order, whatever was shown between. */
  async expectInOrder(patterns: readonly RegExp[], timeout: number): Promise<void> {
    const seen = async () => {
      const texts = await this.#page.evaluate(
        (watched) => globalThis.parleySightings?.[watched] ?? [],
        this.#selector,
      );
      let next = 0;
      for (const text of texts) if (patterns[next]?.test(text) === true) next += 1;
      return next === patterns.length ? "all" : texts;
    };
    await expect.poll(seen, { timeout }).toBe("all");
  }
}
