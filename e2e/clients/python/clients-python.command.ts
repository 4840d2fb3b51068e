/**
 * `npm run clients:python`: tries Python's clients with the models that ship with Parley. Their packages
 * are obtained from PyPI into the cache folder; nothing of them is part of Parley. `-- openai_audio`
 * tries one alone.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import { openSpeechDoors, sentence } from "../speech-doors";
import { obtainPython } from "./obtain-python";
import { writeRecordings } from "./recordings";

/** Each client's script, and the rate at which it sends sound, Hz. */
const scripts = {
  openai_audio: 24_000,
  openai_realtime: 24_000,
  pipecat_openai: 24_000,
  pipecat_realtime: 24_000,
  voice_bot: 16_000,
} as const;

/** For a client that hangs: a slow machine takes a fraction of it. */
const limitMs = 240_000;

const wanted = process.argv.slice(2);
const names = Object.keys(scripts).filter((name) => wanted.length === 0 || wanted.includes(name));
const python = obtainPython();
const doors = await openSpeechDoors();
const recordings = await writeRecordings(Object.values(scripts));
const failed: string[] = [];
try {
  for (const [name, rate] of Object.entries(scripts)) {
    if (!names.includes(name)) continue;
    process.stdout.write(`\n${name}\n`);
    const script = `${import.meta.dirname}/${name}.py`;
    const { host } = new URL(doors.url);
    const run = spawn(python, [script, host, recordings.pathOf(rate), sentence], {
      stdio: ["ignore", "inherit", "inherit"],
      signal: AbortSignal.timeout(limitMs),
    });
    const [code] = (await once(run, "close").catch(() => [null])) as [number | null];
    if (code !== 0) failed.push(basename(script));
  }
} finally {
  await doors.close();
  await recordings.close();
}
for (const script of failed) process.stdout.write(`\n${script} failed`);
process.stdout.write(`\n${names.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 && names.length > 0 ? 0 : 1;
