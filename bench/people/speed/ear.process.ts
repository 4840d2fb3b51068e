import { execFileSync } from "node:child_process";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import type { LastingRecognizer } from "@parley/speech/recognition/lasting-recognizer";
import { SileroDetector } from "@parley/speech/silero/silero-detector";
import { serveProcess } from "@parley/threads/server/serve-process";
import { settledResidentBytes } from "../../asr/engines/process-usage";
import type { Hearing } from "../hearing/hear-in-room";
import type { EarCalls } from "./ear-calls";
import { measureFinals } from "./measure-finals";
import { measurePartials } from "./measure-partials";
import { measureSpeakers } from "./measure-speakers";

let opened: { recognizer: LastingRecognizer; voiceActivityDetector: SileroDetector } | null = null;

function hearing(): Hearing {
  if (opened === null) throw new Error("the ear is not loaded");
  return opened;
}

const ear: EarCalls = {
  async load({ choice, cores }) {
    // Every thread there is; those that come inherit it.
    if (cores !== null) execFileSync("taskset", ["-a", "-cp", cores, String(process.pid)]);
    // As the product does before any engine.
    await flushDenormals();
    const voiceActivityDetector = await SileroDetector.open({ threads: 1 });
    const startMs = performance.now();
    const recognizer = await openRecognizer(choice);
    const loadMs = performance.now() - startMs;
    opened = { recognizer, voiceActivityDetector };
    return { name: recognizer.name, loadMs, residentBytes: await settledResidentBytes() };
  },
  partials: ({ recordings }) => measurePartials(hearing().recognizer, recordings),
  finals: (request) => measureFinals(hearing().recognizer, request),
  speakers: (request) => measureSpeakers(hearing(), request),
};

/** A thread that is torn down within native code would end the process with a crash. */
async function close(): Promise<void> {
  await Promise.all([opened?.recognizer.close(), opened?.voiceActivityDetector.close()]);
}

await serveProcess<EarCalls>(() => ({ calls: ear, close }));
