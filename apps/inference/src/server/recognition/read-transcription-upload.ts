import { type RawCoding, rawCodingOf } from "@parley/audio/decoding/raw-sound";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { FastifyRequest } from "fastify";
import { TranscriptionFields, type TranscriptionForm } from "./transcription-form";

export type TranscriptionUploadOptions<Heard> = {
  request: FastifyRequest;
  maxFileBytes: number;
  /** Called once, with the file. */
  transcribe: (sound: UploadedSound, form: TranscriptionForm) => Promise<Heard>;
};

export type UploadedSound = {
  bytes: AsyncIterable<Uint8Array>;
  /** The coding of telephone sound without a header, by its media type or name. */
  raw: RawCoding | null;
};

/** Size of a form without its file. */
const formAllowanceBytes = 1_000_000;
/**
 * Many clients send the file before the fields. Forms up to this size (OpenAI's own limit) are read
 * whole before recognition begins, so that those fields apply.
 */
const maxHeldBytes = 25 * 1024 * 1024;

/**
 * Reads a form and transcribes its file: while it arrives when the form is long, or when `stream`
 * precedes the file; otherwise once all fields are known.
 *
 * @throws AppError `invalid-request`, `frame-too-large`; errors of `transcribe`
 */
export async function readTranscriptionUpload<Heard>(
  options: TranscriptionUploadOptions<Heard>,
): Promise<{ form: TranscriptionForm; heard: Heard }> {
  const { request, maxFileBytes, transcribe } = options;
  const formBytes = requireForm(request, maxFileBytes);
  const fields = new TranscriptionFields();
  let file: { hear: (form: TranscriptionForm) => Promise<Heard> } | null = null;
  for await (const part of asFormOf(request.parts())) {
    if (part.type === "field") {
      fields.add(part.fieldname, part.value);
      continue;
    }
    if (part.fieldname !== "file" || file !== null) {
      const what = file === null ? `${JSON.stringify(part.fieldname)} instead` : "more than one";
      throw new AppError("invalid-request", `file: ${what}; wanted: one file named "file"`);
    }
    const early = fields.read();
    const bytes = upTo(maxFileBytes, part.file);
    const raw = rawCodingOf({ mediaType: part.mimetype, name: part.filename });
    if (early.stream || formBytes > maxHeldBytes) {
      const heard = await transcribe({ bytes, raw }, early);
      file = {
        hear: (late) => {
          requireSame(early, late);
          return Promise.resolve(heard);
        },
      };
    } else {
      const held = await hold(bytes);
      file = { hear: (form) => transcribe({ bytes: held, raw }, form) };
    }
  }
  if (file === null) throw new AppError("invalid-request", "file: missing in the form");
  const form = fields.read();
  requireFormatForWordTimes(form);
  return { form, heard: await file.hear(form) };
}

/** @returns the form's length in bytes; infinite without a `content-length` */
function requireForm(request: FastifyRequest, maxFileBytes: number): number {
  if (!request.isMultipart()) {
    const found = JSON.stringify(request.headers["content-type"] ?? "");
    throw new AppError("invalid-request", `content-type: ${found}; wanted: multipart/form-data`);
  }
  const announced = request.headers["content-length"];
  if (announced === undefined) return Infinity;
  const length = Number(announced);
  if (length > maxFileBytes + formAllowanceBytes) throw tooLarge(maxFileBytes, length);
  return length;
}

/** Fields that configure recognition must not follow a file that was recognised as it came. */
function requireSame(early: TranscriptionForm, late: TranscriptionForm): void {
  for (const name of ["language", "prompt"] as const) {
    if (String(early[name]) === String(late[name])) continue;
    const message = `${name}: it follows a file that was recognised as it came; wanted: before the file`;
    throw new AppError("invalid-request", message);
  }
}

/** Only `verbose_json` has a place for word times. */
function requireFormatForWordTimes({
  response_format: format,
  timestamp_granularities: asked,
}: TranscriptionForm) {
  if (!asked.includes("word") || format === "verbose_json") return;
  const message = `response_format: "${format}"; wanted: verbose_json, which alone has times of words`;
  throw new AppError("invalid-request", message);
}

async function hold(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return (async function* () {
    for (const piece of pieces) yield await Promise.resolve(piece);
  })();
}

async function* upTo(maxBytes: number, file: AsyncIterable<Uint8Array> & { truncated: boolean }) {
  for await (const bytes of asFormOf(file)) yield bytes;
  if (file.truncated) throw tooLarge(maxBytes);
}

/** Turns the parser's plain errors about a malformed form into `invalid-request`. */
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
