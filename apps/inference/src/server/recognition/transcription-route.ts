import multipart from "@fastify/multipart";
import { AddressSlots } from "@parley/admission/address-slots";
import { childController, isAbort } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { requireLoaded } from "../require-loaded";
import type { ServerLog } from "../session-socket";
import { toOpenAiError } from "../openai-error";
import { diarizedSegments } from "./diarized-transcription";
import { transcribeAudio } from "./transcribe-audio";
import { TranscriptEvents } from "./transcript-events";
import { sendTranscription } from "./send-transcription";
import { readTranscriptionUpload } from "./read-transcription-upload";
import type { TranscriptionTask } from "./transcription-answers";

export type TranscriptionRouteOptions = {
  /** Null while the model loads. */
  recognizer: () => Recognizer | null;
  /** Limit of concurrent transcriptions. */
  maxTranscriptions: number;
  log: ServerLog;
  /** Aborting it ends every running request. */
  signal: AbortSignal;
  /** 1 GB unless given: over eight hours at 16 kHz. */
  maxFileBytes?: number;
};

/** Doors by their task. Translations are into English, which is what an English recogniser writes. */
const doors = [
  { path: "/v1/audio/transcriptions", task: "transcribe" },
  { path: "/v1/audio/translations", task: "translate" },
] as const;
const untranslated =
  "translations: the recogniser writes what is said in its language, and does not translate";
/** Text fields are short words; OpenAI's clients send a dozen at most. */
const fieldLimits = { fields: 50, fieldSize: 10_000, files: 2, parts: 60, headerPairs: 50 };

/**
 * Uploads that may be on their way, for each transcription that may run: a form that still arrives
 * takes no transcription's place, and one address leaves some to the others.
 */
const uploadsEach = { all: 2, address: 1.5 };

/** `POST /v1/audio/transcriptions` and `/v1/audio/translations` of OpenAI's API. */
export function transcriptionRoute(options: TranscriptionRouteOptions) {
  const { maxFileBytes = 1_000_000_000, maxTranscriptions } = options;
  const ofAddress = new AddressSlots(Math.floor(maxTranscriptions * uploadsEach.address));
  let uploads = 0;
  let running = 0;

  function requirePlace(): void {
    if (running < maxTranscriptions) return;
    const message = `${running} transcriptions are running already`;
    throw new AppError("too-many-requests", message, { isRetryable: true });
  }

  /** @returns a function that ends the upload. @throws AppError `too-many-requests` */
  function beginUpload(address: string): () => void {
    const release = uploads < maxTranscriptions * uploadsEach.all ? ofAddress.take(address) : null;
    if (release === null) {
      const message = `${uploads} uploads are on their way already`;
      throw new AppError("too-many-requests", message, { isRetryable: true });
    }
    uploads += 1;
    return () => {
      uploads -= 1;
      release();
    };
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    task: TranscriptionTask,
  ): Promise<void> {
    const recognizer = requireLoaded(options.recognizer());
    requirePlace();
    const endUpload = beginUpload(request.ip);
    const controller = childController(options.signal);
    const stop = () => {
      controller.abort(new DOMException("The client went away.", "AbortError"));
    };
    reply.raw.once("close", stop);
    const begin = () => {
      reply.hijack();
    };
    const events = new TranscriptEvents(reply.raw, begin);
    try {
      const { signal } = controller;
      const { form, heard: plain } = await readTranscriptionUpload({
        request,
        maxFileBytes,
        transcribe: async (sound, { stream, language, prompt: phrases }) => {
          requirePlace();
          running += 1;
          try {
            return await transcribeAudio({
              ...sound,
              recognizer,
              speaker: { phrases, ...(language === "" ? {} : { language }) },
              onText: (text) => {
                if (stream) events.text(text);
              },
              signal,
            });
          } finally {
            running -= 1;
          }
        },
      });
      for (const remark of plain.remarks) {
        options.log.warn({ remark }, "sound file transcribed in part");
      }
      const remarks = task === "translate" ? [...plain.remarks, untranslated] : plain.remarks;
      const heard = { ...plain, remarks };
      if (form.stream || events.hasBegun) {
        events.text(heard.text);
        if (form.response_format === "diarized_json") events.segments(diarizedSegments(heard));
        events.done(heard.text, heard.remarks);
      } else await sendTranscription(reply, form, heard, task);
    } catch (error) {
      if (!events.hasBegun) throw error;
      if (!controller.signal.aborted) events.fail(error);
      else reply.raw.destroy();
    } finally {
      endUpload();
      reply.raw.off("close", stop);
      controller.abort();
    }
  }

  return async (scope: FastifyInstance): Promise<void> => {
    await scope.register(multipart, {
      limits: { ...fieldLimits, fileSize: maxFileBytes },
      throwFileSizeLimit: false,
    });
    scope.setErrorHandler((error, request, reply) => {
      const { status, body, retryAfterSeconds } = toOpenAiError(error);
      if (!isAbort(error) && !request.raw.destroyed) {
        options.log.warn({ status, code: body.error.code }, "transcription refused");
      }
      // Drain the request, since clients read the answer only after sending all of it; unless it is
      // too long, or of unknown length.
      request.raw.unpipe();
      request.raw.resume();
      const isLengthKnown = request.headers["content-length"] !== undefined;
      if (status === 413 || !isLengthKnown) void reply.header("connection", "close");
      if (retryAfterSeconds !== null) void reply.header("retry-after", retryAfterSeconds);
      return reply.code(status).send(body);
    });
    for (const { path, task } of doors) {
      scope.post(path, async (request, reply) => {
        await answer(request, reply, task);
        return reply;
      });
    }
  };
}
