import type { Page } from "@playwright/test";

/** A text that the page showed about its state, and when it appeared. */
export type SeenNotice = { afterMs: number; text: string };

declare global {
  var parleyNotices: { afterMs: number; text: string }[] | undefined;
}

/** Keeps every notice that the page shows from now on, and every state of the agent. */
export async function watchNotices(page: Page): Promise<void> {
  // Some TypeScript loaders wrap named functions in a call of this helper, which the page lacks.
  await page.evaluate("globalThis.__name ??= (named) => named;");
  await page.evaluate(() => {
    const startMs = performance.now();
    const seen: { afterMs: number; text: string }[] = [];
    globalThis.parleyNotices = seen;
    let shown = new Set<string>();
    const look = () => {
      const elements = document.querySelectorAll<HTMLElement>('[role="alert"], [role="status"]');
      const texts = new Set<string>();
      for (const element of elements) {
        // The title is the first paragraph of a notice, and all of the agent's state.
        const text = (element.querySelector("p") ?? element).textContent.trim();
        // Longer ones explain something, and nothing has happened.
        if (text !== "" && text.length <= 80) texts.add(text);
      }
      const afterMs = Math.round(performance.now() - startMs);
      for (const text of texts) if (!shown.has(text)) seen.push({ afterMs, text });
      shown = texts;
    };
    look();
    // What stands there already is no news.
    seen.length = 0;
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

export async function seenNotices(page: Page): Promise<SeenNotice[]> {
  return page.evaluate(() => globalThis.parleyNotices ?? []);
}
