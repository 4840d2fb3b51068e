import { type RawCoding, rawCodingOf } from "@parley/audio/decoding/raw-sound";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { FastifyRequest } from "fastify";
import { holdUpTo, KeptCopy, releaseHeld } from "./held-bytes";
import { TranscriptionFields, type TranscriptionForm } from "./transcription-form";

export type TranscriptionUploadOptions<Heard> = {
  request: FastifyRequest;
  maxFileBytes: number;
  /** Called with the file; again where fields behind it ask for another recognition. */
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
 * Many clients send the file before the fields. Files up to this size (OpenAI's own limit) are held
 * until all fields are known, so that those apply.
 */
const maxHeldBytes = 25 * 1024 * 1024;

/**
 * Reads a form and transcribes its file: once all fields are known, unless the file is too long to be
 * held, or `stream` precedes it. It is recognised as it comes then, and once more if fields follow
 * that change what is heard and the file was short enough to be kept.
 *
 * @throws AppError `invalid-request`, `frame-too-large`; errors of `transcribe`
 */
export async function readTranscriptionUpload<Heard>(
  options: TranscriptionUploadOptions<Heard>,
): Promise<{ form: TranscriptionForm; heard: Heard }> {
  const { request, maxFileBytes, transcribe } = options;
  requireForm(request, maxFileBytes);
  const fields = new TranscriptionFields();
  let file: HearFile<Heard> | null = null;
  for await (const part of asFormOf(request.parts())) {
    requireName(part);
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
    file = early.stream
      ? await hearAsItComes(bytes, early, (sound, form) => transcribe({ bytes: sound, raw }, form))
      : await holdAndHear(bytes, early, (sound, form) => transcribe({ bytes: sound, raw }, form));
  }
  if (file === null) throw new AppError("invalid-request", "file: missing in the form");
  const form = fields.read();
  return { form, heard: await file(form) };
}

type Transcribe<Heard> = (
  bytes: AsyncIterable<Uint8Array>,
  form: TranscriptionForm,
) => Promise<Heard>;

/** What a file says, by the form's last word. */
type HearFile<Heard> = (form: TranscriptionForm) => Promise<Heard>;

async function hearAsItComes<Heard>(
  bytes: AsyncGenerator<Uint8Array>,
  early: TranscriptionForm,
  transcribe: Transcribe<Heard>,
): Promise<HearFile<Heard>> {
  const copy = new KeptCopy(maxHeldBytes);
  const heard = await transcribe(copy.through(bytes), early);
  return (late) => {
    const changed = changedField(early, late);
    if (changed === null) return Promise.resolve(heard);
    if (copy.pieces === null) throw tooLate(changed);
    return transcribe(releaseHeld({ pieces: copy.pieces, rest: null }), late);
  };
}

async function holdAndHear<Heard>(
  bytes: AsyncGenerator<Uint8Array>,
  early: TranscriptionForm,
  transcribe: Transcribe<Heard>,
): Promise<HearFile<Heard>> {
  const held = await holdUpTo(maxHeldBytes, bytes);
  if (held.rest === null) return (late) => transcribe(releaseHeld(held), late);
  const heard = await transcribe(releaseHeld(held), early);
  return (late) => {
    const changed = changedField(early, late);
    if (changed !== null) throw tooLate(changed);
    return Promise.resolve(heard);
  };
}

/** Refuses what is no form, or is too long by its own account. */
function requireForm(request: FastifyRequest, maxFileBytes: number): void {
  if (!request.isMultipart()) {
    const found = JSON.stringify(request.headers["content-type"] ?? "");
    throw new AppError("invalid-request", `content-type: ${found}; wanted: multipart/form-data`);
  }
  const announced = request.headers["content-length"];
  if (announced === undefined) return;
  const length = Number(announced);
  if (length > maxFileBytes + formAllowanceBytes) throw tooLarge(maxFileBytes, length);
}

/** Names of parts are obligatory (RFC 7578, 4.2), but the parser hands on parts without one. */
function requireName({ fieldname }: { fieldname: unknown }): void {
  if (typeof fieldname === "string") return;
  throw new AppError("invalid-request", "form: a part has no name");
}

/** A field that configures recognition and followed the file; null without one. */
function changedField(early: TranscriptionForm, late: TranscriptionForm): string | null {
  const names = ["language", "prompt"] as const;
  return names.find((name) => String(early[name]) !== String(late[name])) ?? null;
}

function tooLate(field: string): AppError {
  const message = `${field}: it follows a file of over ${maxHeldBytes} bytes, which was recognised as it came; wanted: before the file`;
  return new AppError("invalid-request", message);
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
