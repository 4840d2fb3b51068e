import { chromium, type Browser } from "@playwright/test";

const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

/**
 * A browser whose microphone plays a WAV, from its start at the first `getUserMedia`.
 *
 * Playwright's own `--mute-audio` is left out: it would switch off echo cancellation too.
 *
 * @param microphone path of a 16-bit PCM WAV; null for silence
 * @param options.program in the place of `PARLEY_CHROMIUM`
 * @param options.home the user's, in which are the authorities that the browser trusts
 */
export async function launchBrowser(
  microphone: string | null,
  options: {
    loop?: boolean;
    browserArguments?: readonly string[];
    home?: string | null;
    program?: string;
  } = {},
): Promise<Browser> {
  const wav = microphone === null ? [] : [`${microphone}${options.loop === true ? "" : "%noloop"}`];
  const executablePath = options.program ?? process.env.PARLEY_CHROMIUM;
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    ...(options.home == null ? {} : { env: { ...definedVariables(), HOME: options.home } }),
    args: [
      ...chromiumArguments,
      ...(options.browserArguments ?? []),
      ...wav.map((path) => `--use-file-for-fake-audio-capture=${path}`),
    ],
    ignoreDefaultArgs: ["--mute-audio"],
  });
}

function definedVariables(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
