import { writeWave } from "@parley/audio/wave/write-wave";
import { childController } from "@parley/shared/async/abort";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { AnswerTimeout } from "../answer-timeout";
import { transcriptionsAddress } from "../remote-addresses";
import { badStatus, brokenOff, readErrorBody, unreachable } from "../remote-failure";
import { recognizerAt } from "../remote-machine";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";

export type TranscriptionOrder = {
  /** 16 kHz. */
  samples: Int16Array;
  /** Names and terms, sent as the prompt. */
  phrases: readonly string[];
  /** BCP 47 tag; null leaves it to the settings. */
  language: string | null;
  signal: AbortSignal;
};

const answerSchema = z.object({ text: z.string() });
/** Prompts are limited to 224 tokens; longer ones would be cut at their beginning. */
const maxPromptCharacters = 600;

/**
 * OpenAI's `POST /v1/audio/transcriptions` for one piece of sound
 * (https://platform.openai.com/docs/api-reference/audio/createTranscription).
 *
 * @throws AppError that names the machine; the signal's reason
 */
export async function transcribe(
  settings: RemoteRecognizerSettings,
  order: TranscriptionOrder,
): Promise<string> {
  const { url, apiKey, clock } = settings;
  const { signal } = order;
  const machine = recognizerAt(url);
  const request = childController(signal);
  const timeout = new AnswerTimeout({ machine, clock, signal });
  try {
    const asked = fetch(transcriptionsAddress(url), {
      method: "POST",
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      body: formOf(settings, order),
      signal: request.signal,
    });
    const answered = asked.then(async (response) => ({ response, body: await response.text() }));
    const { response, body } = await timeout.wait(answered);
    if (!response.ok) throw badStatus(machine, response.status, readErrorBody(body));
    const answer = answerSchema.safeParse(jsonOf(body));
    if (!answer.success) throw brokenOff(machine, "its answer is no transcription");
    return answer.data.text.trim();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : unreachable(machine, error);
  } finally {
    request.abort();
  }
}

function formOf({ model, language }: RemoteRecognizerSettings, order: TranscriptionOrder) {
  const form = new FormData();
  const prompt = promptOf(order.phrases);
  // Whisper's servers take the language alone, without a region.
  const spoken = (order.language ?? language)?.split("-")[0] ?? "";
  form.append("model", model === "" ? "whisper-1" : model);
  form.append("response_format", "json");
  if (spoken !== "") form.append("language", spoken);
  if (prompt !== "") form.append("prompt", prompt);
  const wave = writeWave({ sampleRate: speechRate, samples: order.samples });
  form.append("file", new Blob([Uint8Array.from(wave)], { type: "audio/wav" }), "turn.wav");
  return form;
}

function promptOf(phrases: readonly string[]): string {
  let prompt = "";
  for (const phrase of phrases) {
    const longer = prompt === "" ? phrase : `${prompt}, ${phrase}`;
    if (longer.length > maxPromptCharacters) break;
    prompt = longer;
  }
  return prompt;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
