import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { launchBrowser } from "./support/browser";
import { RoomPage } from "./support/room-page";
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
      const room = new RoomPage(page);
      const found: Record<string, string[]> = {};
      const look = async (state: string) => {
        found[state] = await findings(page);
      };

      await page.goto("/");
      await page.getByRole("button", { name: "New room" }).waitFor();
      await look("lobby");
      await page.getByText("Set up room and agent").click();
      await look("lobby, room set up");
      await page.goto("/nowhere");
      await page.getByRole("heading", { name: "Nothing here" }).waitFor();
      await look("wrong address");
      await page.goto("/r/unknown");
      await page.getByRole("heading", { name: "There is no such room" }).waitFor();
      await look("unknown room");
      for (const path of [
        "/examples/",
        "/examples/talk.html",
        "/examples/widget.html",
        "/embed/",
        "/docs/api",
      ]) {
        await page.goto(path);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await look(path);
      }
      await page.goto("/models");
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      await look("models");

      await room.createAndJoin("Axel");
      // A button that axe finds enabled and measures disabled, or the reverse, counts as too pale.
      const isSilent = () =>
        expect(room.button("Interrupt")).toHaveAttribute("aria-disabled", "true", {
          timeout: 20_000,
        });
      await expect(room.finalLines("Parley").first()).toBeVisible({ timeout: 20_000 });
      await isSilent();
      await look("room, at the start");
      await room.type("What is one plus two?");
      await expect(room.finalLines("Parley").last()).toContainText(/three/i, { timeout: 20_000 });
      await isSilent();
      await look("room, with a transcript");
      await room.button("Mute").click();
      await look("room, muted");
      for (const name of ["Share", "Sound", "Keep the transcript"]) {
        await room.button(name).click();
        await page.getByRole("dialog").waitFor();
        await look(`dialog: ${name}`);
        await page.keyboard.press("Escape");
      }
      const link = page.url();
      await room.button("Leave").click();
      await page.getByRole("heading", { name: "Recent rooms" }).waitFor();
      await look("lobby, with a recent room");
      await page.goto(link);
      await room.button("Join").waitFor();
      await look("door");

      const worse = Object.entries(found).filter(([, list]) => list.length > 0);
      expect(Object.fromEntries(worse)).toEqual({});
    } finally {
      await browser.close();
    }
  });
}
