// what beginning answers in pauses wins, and costs, with chat servers that take 20, 300 and 800 ms
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinSamples } from "@parley/audio/join-samples";
import { startParley } from "../../e2e/support/parley-instance";
import { silence, writeWav } from "../../e2e/support/speech";
import { synthesisedSpeech } from "../heard-latency/synthesised-speech";
import { talk } from "../heard-latency/talk";
import { loadAverage } from "../support/machine-load";
import { percentiles } from "../support/percentiles";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import { startSlowChatServer } from "./slow-chat-server";

/** Joining and the greeting fit in before the first word. */
const leadMs = 14_000;
/** Longer than any answer. */
const gapMs = 8_000;
const firstTokensMs = [20, 300, 800];
/** A number is that of the turns of each talk. */
const turns = Number(process.argv[2] ?? 8);

const folder = mkdtempSync(join(tmpdir(), "parley-speculation-"));
const speech = await synthesisedSpeech(turns, new AbortController().signal);
const pieces = speech.flatMap((utterance) => [utterance, silence(gapMs)]);
const microphone = joinSamples([silence(leadMs), ...pieces]);
const recording = {
  wav: writeWav(folder, "microphone", microphone),
  lengthMs: microphone.length / 16,
};

async function measure(firstTokenMs: number, speculation: "on" | "off") {
  const chat = await startSlowChatServer(firstTokenMs);
  const settings = { LLM_BASE_URL: chat.url, SPECULATION: speculation };
  const parley = await startParley(27_860, settings);
  try {
    const { spoken, exchanges, unanswered } = await talk(parley.address, recording);
    const heard = percentiles(exchanges.map(({ heardMs }) => heardMs));
    return { firstTokenMs, speculation, spoken, unanswered, asked: chat.asked(), heard };
  } finally {
    await parley.close();
    chat.close();
  }
}

const loadAverageBefore = loadAverage();
try {
  const talks: Awaited<ReturnType<typeof measure>>[] = [];
  for (const firstTokenMs of firstTokensMs) {
    for (const speculation of ["on", "off"] as const) {
      console.log(`First token after ${firstTokenMs} ms, speculation ${speculation}.`);
      talks.push(await measure(firstTokenMs, speculation));
    }
  }
  printTable(
    ["first token, ms", "speculation", "heard p50, ms", "p90", "max", "answered", "requests"],
    talks.map(({ firstTokenMs, speculation, spoken, unanswered, asked, heard }) => [
      String(firstTokenMs),
      speculation,
      heard.p50,
      heard.p90,
      heard.max,
      `${spoken - unanswered} of ${spoken}`,
      asked,
    ]),
  );
  writeResults("speculation", {
    unit: "ms",
    turns,
    loadAverageBefore,
    loadAverageAfter: loadAverage(),
    talks,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
