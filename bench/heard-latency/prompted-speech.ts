import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { trimSilence } from "@parley/speech/synthesis/trim-silence";
import { atSpokenLevel, headsetLevelDb } from "../builtin/sounds/levels";
import { bare } from "../turns/sounds/sound-booth";

/** Where Debian's `asterisk-core-sounds-en-wav` puts what Allison Smith says to callers, at 8 kHz. */
const promptsFolder = "/usr/share/asterisk/sounds/en_US_f_Allison";

/** Questions and requests among the prompts, which an agent answers at once. */
const prompts = [
  "vm-savefolder", // Which folder should I save the message to?
  "please-try-again", // Please try again.
  "conf-getpin", // Please enter the conference pin number.
  "transfer", // Please hold while I try that extension.
  "vm-changeto", // Change to which folder?
  "check-number-dial-again", // Please check the number and dial again.
  "vm-newpassword", // Please enter your new password followed by the pound key.
  "please-try-call-later", // Please try your call again later.
  "enter-num-blacklist", // Please enter the number to be blacklisted.
  "conf-getchannel", // Please enter the channel number followed by the pound key.
  "pls-hold-while-try", // Please hold while we try to connect you.
  "vm-dialout", // Please wait while I connect your call.
] as const;

/**
 * Questions and requests of a person in order, again from the first when there are more turns, all
 * equally loud.
 *
 * @throws when the package is not installed
 */
export async function promptedSpeech(turns: number, signal: AbortSignal): Promise<Int16Array[]> {
  if (!existsSync(promptsFolder)) {
    throw new Error(`${promptsFolder} is not there (Debian: asterisk-core-sounds-en-wav)`);
  }
  const spoken: Int16Array[] = [];
  for (const name of prompts.slice(0, turns)) {
    const pieces: Int16Array[] = [];
    const bytes = createReadStream(join(promptsFolder, `${name}.wav`));
    for await (const piece of decodeAudio(bytes, { signal })) pieces.push(piece);
    const bareSpeech = trimSilence(joinSamples(pieces), speechRate, bare);
    spoken.push(atSpokenLevel(bareSpeech, headsetLevelDb));
  }
  return Array.from(
    { length: turns },
    (_, turn) => spoken[turn % spoken.length] ?? new Int16Array(0),
  );
}
