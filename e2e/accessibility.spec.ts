import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { launchBrowser } from "./support/browser";
import { visitStates } from "./support/page-states";
import { expect, test } from "./support/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Findings of axe that are worse than minor, as `rule: element`. */
async function findings(page: Page): Promise<string[]> {
  // Not a script element: the page's policy allows none but its own.
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>("axe.run()");
  return results.violations
    .filter(({ impact }) => impact !== "minor")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing above minor, ${colorScheme}`, async ({ baseURL }) => {
    const browser = await launchBrowser(null);
    try {
      const context = await browser.newContext({
        baseURL: baseURL ?? "",
        colorScheme,
        // What fades in would be judged half faded.
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      const found: Record<string, string[]> = {};
      await visitStates(page, async (state) => {
        found[state] = await findings(page);
      });

      const worse = Object.entries(found).filter(([, list]) => list.length > 0);
      expect(Object.fromEntries(worse)).toEqual({});
    } finally {
      await browser.close();
    }
  });
}
