import type { Page } from "@playwright/test";
import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";

declare global {
  var parleyMicrophone: { play(wave: string): Promise<void> } | undefined;
}

/**
 * Gives a page a microphone that says what a test wants, when it wants it. Install before the first
 * navigation, and before a probe that listens to it.
 */
export async function installPageMicrophone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const context = new AudioContext();
    const microphone = context.createMediaStreamDestination();
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(microphone.stream);
    globalThis.parleyMicrophone = {
      play: async (wave) => {
        const bytes = Uint8Array.from(atob(wave), (character) => character.charCodeAt(0));
        const source = context.createBufferSource();
        source.buffer = await context.decodeAudioData(bytes.buffer);
        source.connect(microphone);
        await new Promise<void>((resolve) => {
          source.onended = () => {
            resolve();
          };
          source.start();
        });
      },
    };
  });
}

/** Says something; it is all said when this resolves. @param samples 16 kHz */
export async function sayInto(page: Page, samples: Int16Array): Promise<void> {
  const wave = Buffer.from(writeWave({ sampleRate: speechRate, samples })).toString("base64");
  await page.evaluate((text) => globalThis.parleyMicrophone?.play(text), wave);
}
