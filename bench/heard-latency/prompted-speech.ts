import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { trimSilence } from "@parley/speech/synthesis/trim-silence";
import { atSpokenLevel, headsetLevelDb } from "../builtin/sounds/levels";
import { bare } from "../turns/sounds/sound-booth";

const run = promisify(execFile);

/**
 * Where Debian's `asterisk-core-sounds-en-g722` puts what Allison Smith says to callers: 16 kHz, as a
 * browser's microphone has it, in the code of wideband telephones, which Debian's `ffmpeg` reads.
 */
const promptsFolder = "/usr/share/asterisk/sounds/en_US_f_Allison";

/**
 * The prompts of one whole sentence that ask, or that "please" begins or ends, each text once. Left out
 * are menus, which nobody says to an agent, and "One moment, please", which asks for silence.
 */
export const prompts = [
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
  "agent-newlocation", // Please enter a new extension, followed by pound.
  "agent-pass", // Please enter your password followed by the pound key.
  "conf-getconfno", // Please enter your conference number followed by the pound key.
  "confbridge-pin", // Please enter your personal identification number followed by the pound, or hash key.
  "demo-enterkeywords", // Please enter one or more keywords separated by star and then press the pound key.
  "entr-num-rmv-blklist", // Please enter the number to be removed from the blacklist.
  "followme/pls-hold-while-try", // Please hold while I try to locate the person you are calling.
  "privacy-prompt", // Please enter your phone number, starting with the area code.
  "vm-enter-num-to-call", // Please enter the number you wish to call.
  "vm-reenterpassword", // Please re-enter your password followed by the pound key.
] as const;

/**
 * Questions and requests of a person in order, again from the first when there are more turns, all
 * equally loud.
 *
 * @throws when the package is not installed, or ffmpeg is not
 */
export async function promptedSpeech(turns: number, signal: AbortSignal): Promise<Int16Array[]> {
  if (!existsSync(promptsFolder)) {
    throw new Error(`${promptsFolder} is not there (Debian: asterisk-core-sounds-en-g722)`);
  }
  const spoken: Int16Array[] = [];
  for (const name of prompts.slice(0, turns)) {
    const samples = await readG722(join(promptsFolder, `${name}.g722`), signal);
    const bareSpeech = trimSilence(samples, speechRate, bare);
    spoken.push(atSpokenLevel(bareSpeech, headsetLevelDb));
  }
  return Array.from(
    { length: turns },
    (_, turn) => spoken[turn % spoken.length] ?? new Int16Array(0),
  );
}

/** @returns 16 kHz */
async function readG722(path: string, signal: AbortSignal): Promise<Int16Array> {
  const toSamples = ["-f", "g722", "-i", path, "-f", "s16le", "-ar", String(speechRate), "-"];
  const { stdout } = await run("ffmpeg", ["-v", "error", ...toSamples], {
    encoding: "buffer",
    signal,
  });
  return new Int16Array(stdout.buffer, stdout.byteOffset, stdout.byteLength / 2).slice();
}
