import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text as readText } from "node:stream/consumers";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { refusalReason, serviceAddress } from "../engine/speech-service";
import type { FileTranscriber, FileTranscript } from "./file-transcriber";
import { encodeForm } from "./encode-form";
import type { SoundFile } from "./sound-file";

export type ServiceTranscriberOptions = {
  /** The service, up to its host, its `/v1`, or its whole path. */
  url: URL;
  phrases: readonly string[];
  language: string | null;
};

/** OpenAI's `verbose_json` with `timestamp_granularities[]=word`. */
const transcriptionSchema = z.object({
  text: z.string(),
  duration: z.coerce.number().default(0),
  words: z.array(z.object({ word: z.string(), start: z.number(), end: z.number() })).nullish(),
});

/** Transcribes files with a service of OpenAI's API, `POST /v1/audio/transcriptions`. */
export class ServiceTranscriber implements FileTranscriber {
  readonly model: string;
  readonly #options: ServiceTranscriberOptions;

  constructor(options: ServiceTranscriberOptions) {
    this.#options = options;
    this.model = options.url.href;
  }

  async transcribe(
    file: SoundFile,
    _onPartial: (text: string) => void,
    signal: AbortSignal,
  ): Promise<FileTranscript> {
    const { phrases, language } = this.#options;
    const form = encodeForm({
      fields: [
        ["model", "default"],
        ["response_format", "verbose_json"],
        ["timestamp_granularities[]", "word"],
        ...(language === null ? [] : ([["language", language]] as const)),
        ...(phrases.length === 0 ? [] : ([["prompt", phrases.join("\n")]] as const)),
      ],
      file: { name: basename(file.path), bytes: file.bytes },
    });
    const response = await this.#post(form.contentType, form.body, signal);
    const { text, duration, words } = readTranscription(response.status, response.body);
    return {
      text,
      tokens: null,
      seconds: duration,
      remarks: response.remarks,
      words:
        words?.map(({ word, start, end }) => ({
          text: word.trim(),
          startMs: start * 1_000,
          endMs: end * 1_000,
          confidence: null,
        })) ?? null,
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Node's `fetch` would time out on an answer that takes longer than five minutes. */
  async #post(contentType: string, body: AsyncIterable<Uint8Array>, signal: AbortSignal) {
    const url = serviceAddress(this.#options.url, "transcriptions");
    const open = url.protocol === "https:" ? requestHttps : requestHttp;
    const headers = { "content-type": contentType };
    const request = open(url, { method: "POST", headers, signal, agent: false });
    // The first error is thrown by `answerOf`; a later one follows the answer and is ignored. Where
    // the answer comes before the whole file is sent, Node tells of it at the socket alone.
    request.on("error", () => undefined);
    request.once("socket", (socket) => socket.on("error", () => undefined));
    const sent = pipeline(Readable.from(body, { objectMode: false }), request);
    sent.catch(() => undefined);
    const response = await answerOf(request).catch(async (error: unknown) => {
      // Reading the file may be what failed.
      await sent;
      throw error;
    });
    const warning = response.headers["x-parley-warning"];
    const remarks = typeof warning === "string" ? [warning] : [];
    return { status: response.statusCode ?? 0, body: await readText(response), remarks };
  }
}

async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

function readTranscription(status: number, body: string) {
  if (status !== 200) throw new AppError("agent-unavailable", refusalReason(status, body));
  const parsed = transcriptionSchema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const begin = JSON.stringify(body.slice(0, 100));
  throw new AppError("protocol-mismatch", `the answer is not a transcription: ${begin}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
