import multipart from "@fastify/multipart";
import { childController, isAbort } from "@parley/shared/async/abort";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Recognizer } from "../../contracts/recognizer";
import type { ServerLog } from "../session-socket";
import { toOpenAiError } from "./openai-error";
import { transcribeWave, type Transcription } from "./transcribe-wave";
import { TranscriptEvents } from "./transcript-events";
import { readTranscriptionForm, type TranscriptionForm } from "./transcription-form";

export type TranscriptionRouteOptions = {
  /** Null while the model loads. */
  recognizer: () => Recognizer | null;
  /** Transcriptions at a time. */
  maxTranscriptions: number;
  log: ServerLog;
  /** Aborting it ends all of them. */
  signal: AbortSignal;
  /** 200 MB unless given: over an hour and a half at 16 kHz. */
  maxFileBytes?: number;
};

const path = "/v1/audio/transcriptions";
/** Text fields are short words; OpenAI's clients send a dozen at most. */
const fieldLimits = { fields: 50, fieldSize: 10_000, files: 2, parts: 60, headerPairs: 50 };
/** What a form takes besides its file. */
const formAllowanceBytes = 1_000_000;

/** `POST /v1/audio/transcriptions`, as OpenAI's clients call it. */
export function transcriptionRoute(options: TranscriptionRouteOptions) {
  const { maxFileBytes = 200_000_000 } = options;
  let running = 0;

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const recognizer = options.recognizer();
    if (recognizer === null) {
      const message = "The models are still loading.";
      throw new AppError("agent-unavailable", message, { isRetryable: true });
    }
    if (running >= options.maxTranscriptions) {
      const message = `${running} transcriptions are running already`;
      throw new AppError("too-many-requests", message, { isRetryable: true });
    }
    const controller = childController(options.signal);
    const stop = () => {
      controller.abort(new DOMException("The client went away.", "AbortError"));
    };
    reply.raw.once("close", stop);
    const begin = () => {
      reply.hijack();
    };
    const events = new TranscriptEvents(reply.raw, begin);
    running += 1;
    try {
      const { signal } = controller;
      const { form, heard } = await readForm({ request, recognizer, signal, events, maxFileBytes });
      if (form.stream) events.done(heard.text);
      else await sendTranscription(reply, form, heard);
    } catch (error) {
      if (!events.hasBegun) throw error;
      if (!controller.signal.aborted) events.fail(error);
      else reply.raw.destroy();
    } finally {
      running -= 1;
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
      const { status, body } = toOpenAiError(error);
      if (!isAbort(error) && !request.raw.destroyed) {
        options.log.warn({ status, code: body.error.code }, "transcription refused");
      }
      // The rest of the form is read away, or the client would never come to read the answer; unless
      // it is too long, or nobody knows how long it is.
      request.raw.unpipe();
      request.raw.resume();
      const isLengthKnown = request.headers["content-length"] !== undefined;
      if (status === 413 || !isLengthKnown) void reply.header("connection", "close");
      return reply.code(status).send(body);
    });
    scope.post(path, async (request, reply) => {
      await answer(request, reply);
      return reply;
    });
  };
}

type ReadFormOptions = {
  request: FastifyRequest;
  recognizer: Recognizer;
  signal: AbortSignal;
  events: TranscriptEvents;
  maxFileBytes: number;
};

/** Reads the form as it arrives. Fields may stand before the file and after it. */
async function readForm({ request, recognizer, signal, events, maxFileBytes }: ReadFormOptions) {
  requireForm(request, maxFileBytes);
  const fields = new Map<string, unknown>();
  let heard: Transcription | null = null;
  for await (const part of asFormOf(request.parts())) {
    if (part.type === "field") {
      fields.set(part.fieldname, part.value);
      continue;
    }
    if (part.fieldname !== "file" || heard !== null) {
      const what = heard === null ? `${JSON.stringify(part.fieldname)} instead` : "more than one";
      throw new AppError("invalid-request", `file: ${what}; wanted: one file named "file"`);
    }
    const { stream } = readTranscriptionForm(fields);
    heard = await transcribeWave({
      bytes: upTo(maxFileBytes, part.file),
      recognizer,
      signal,
      onText: (text) => {
        if (stream) events.text(text);
      },
    });
  }
  if (heard === null) throw new AppError("invalid-request", "file: there is none in the form");
  return { form: readTranscriptionForm(fields), heard };
}

function requireForm(request: FastifyRequest, maxFileBytes: number): void {
  if (!request.isMultipart()) {
    const found = JSON.stringify(request.headers["content-type"] ?? "");
    throw new AppError("invalid-request", `content-type: ${found}; wanted: multipart/form-data`);
  }
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > maxFileBytes + formAllowanceBytes) throw tooLarge(maxFileBytes, length);
}

async function* upTo(maxBytes: number, file: AsyncIterable<Uint8Array> & { truncated: boolean }) {
  for await (const bytes of asFormOf(file)) yield bytes;
  if (file.truncated) throw tooLarge(maxBytes);
}

/** The parser tells of a broken form by plain errors: here they get the client's code. */
async function* asFormOf<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  try {
    for await (const part of parts) yield part;
  } catch (error) {
    if (error instanceof Error && "statusCode" in error) throw error;
    throw new AppError("invalid-request", `form: ${errorMessage(error)}`, { cause: error });
  }
}

function tooLarge(maxBytes: number, length?: number): AppError {
  const found = length === undefined ? `over ${maxBytes}` : String(length);
  const message = `file: ${found} bytes; at most ${maxBytes} are taken`;
  return new AppError("frame-too-large", message);
}

async function sendTranscription(
  reply: FastifyReply,
  form: TranscriptionForm,
  { text, duration }: Transcription,
): Promise<void> {
  if (form.response_format === "text") {
    await reply.type("text/plain; charset=utf-8").send(`${text}\n`);
  } else if (form.response_format === "verbose_json") {
    await reply.send({ task: "transcribe", language: "en", duration, text });
  } else {
    await reply.send({ text });
  }
}
