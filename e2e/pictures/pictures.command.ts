/**
 * `npm run pictures -- FOLDER`: every state of the page as a picture, at four sizes, light and dark, to
 * look at before and after a change.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { obtainChromium } from "../../scripts/setup/chromium.mjs";
import { REPOSITORY } from "../../scripts/system/folders.mjs";
import { launchBrowser } from "../support/browser";
import { visitStates } from "../support/page-states";
import { startParley } from "../support/parley-instance";

const sizes = {
  phone: { width: 390, height: 844 },
  sideways: { width: 844, height: 390 },
  tablet: { width: 820, height: 1_180 },
  desktop: { width: 1_440, height: 900 },
};
const colorSchemes = ["light", "dark"] as const;

const folder = resolve(process.argv[2] ?? ".parley/pictures");
await mkdir(folder, { recursive: true });
process.env.PARLEY_CHROMIUM ??= await obtainChromium(REPOSITORY);
const parley = await startParley(27_910);
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of colorSchemes) {
      const browser = await launchBrowser(null);
      try {
        const context = await browser.newContext({
          baseURL: parley.address,
          viewport,
          colorScheme,
          reducedMotion: "reduce",
          hasTouch: size !== "desktop",
        });
        const page = await context.newPage();
        await visitStates(page, async (state) => {
          const name = `${fileName(state)}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: join(folder, name) });
        });
      } finally {
        await browser.close();
      }
      console.log(`${size}, ${colorScheme}: done`);
    }
  }
  console.log(`The pictures are in ${folder}`);
} finally {
  await parley.close();
}

/** @param state as people read it */
function fileName(state: string): string {
  return state.replace(/\W+/g, "-").replace(/^-|-$/g, "").toLowerCase();
}
