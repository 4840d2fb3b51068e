import type { FastifyReply } from "fastify";
import { toSubRip, toWebVtt } from "@parley/speech/transcripts/subtitles";
import type { Transcription } from "./transcribe-audio";
import type { TranscriptionForm } from "./transcription-form";
import { diarizedTranscription } from "./diarized-transcription";
import type { TranscriptionTask } from "./transcription-answers";
import { plainTranscription, verboseTranscription } from "./verbose-transcription";

/**
 * Sends a transcript in the form's `response_format`. What should be known about the file stands in
 * the header `x-parley-warning`, which disturbs no client.
 */
export async function sendTranscription(
  reply: FastifyReply,
  form: TranscriptionForm,
  heard: Transcription,
  task: TranscriptionTask,
): Promise<void> {
  const endMs = heard.duration * 1_000;
  if (heard.remarks.length > 0) void reply.header("x-parley-warning", heard.remarks.join("; "));
  switch (form.response_format) {
    case "json":
      await reply.send(plainTranscription(heard, form, task));
      break;
    case "verbose_json":
      await reply.send(verboseTranscription(heard, form, task));
      break;
    case "diarized_json":
      await reply.send(diarizedTranscription(heard, task));
      break;
    case "text":
      await reply.type("text/plain; charset=utf-8").send(`${heard.text}\n`);
      break;
    case "srt":
      await reply.type("text/plain; charset=utf-8").send(toSubRip(heard.words, endMs));
      break;
    case "vtt":
      await reply.type("text/vtt; charset=utf-8").send(toWebVtt(heard.words, endMs));
      break;
  }
}
