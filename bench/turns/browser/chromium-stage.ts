import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installAudioProbe } from "../../../e2e/support/audio-probe";
import { launchBrowser } from "../../../e2e/support/browser";
import { startParley } from "../../../e2e/support/parley-instance";
import { silence, Speech, writeWav } from "../../../e2e/support/speech";
import { Talker } from "../../../e2e/support/talker";
import { keepBrowsersBelow } from "../../support/foreign-browser";

const port = 28_860;

/** A running Parley, in which each scene has a browser and a room of its own. */
export type ChromiumStage = {
  /**
   * Somebody in a new room, whom the agent has greeted, until `play` is over.
   *
   * @returns what `play` does
   */
  withTalker<Seen>(play: (talker: Talker) => Promise<Seen>): Promise<Seen>;
  close(): Promise<void>;
};

/** @param ear name of the model that hears; empty for the one that Parley starts with */
export async function openChromiumStage(ear: string, signal: AbortSignal): Promise<ChromiumStage> {
  const folder = mkdtempSync(join(tmpdir(), "parley-turns-"));
  const parley = await startParley(port, { RECOGNIZER_MODEL: ear });
  const speech = await Speech.open(signal);
  const microphone = join(folder, "microphone.wav");
  return {
    withTalker: async (play) => {
      writeWav(folder, "microphone", silence(1_000));
      const browser = await launchBrowser(microphone);
      const endPriority = keepBrowsersBelow();
      try {
        const context = await browser.newContext({ baseURL: parley.address });
        const page = await context.newPage();
        await installAudioProbe(page);
        const talker = new Talker(page, { speech, microphone });
        await talker.createAndGreet("Robin");
        return await play(talker);
      } finally {
        endPriority();
        await browser.close();
      }
    },
    close: async () => {
      await speech.close();
      await parley.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
