import { Readable } from "node:stream";
import { childController, isAbort } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type AudioFormat,
  encodeAudio,
  mediaTypes,
  isFfmpegFormat,
} from "@parley/audio/encoding/encode-audio";
import { resample } from "@parley/audio/resampling/resample";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { requireLoaded } from "../require-loaded";
import type { ServerLog } from "../session-socket";
import { toOpenAiError } from "../openai-error";
import { withFirstSound } from "./with-first-sound";
import { speechEvents } from "./speech-events";
import { readOpenAiSpeechRequest, type OpenAiSpeechRequest } from "./openai-speech-request";
import { spokenSamples } from "./spoken-samples";
import { voiceConfig, voiceList } from "./voice-config";
import { voiceSettings } from "./voice-settings";

export type SpeechRouteOptions = {
  /** Null while the voice loads. */
  synthesizer: () => Synthesizer | null;
  defaultVoice: string;
  /** Limit of concurrent speeches. */
  maxSpeeches: number;
  /** Whether ffmpeg, which encodes some formats, is installed. */
  hasFfmpeg: () => Promise<boolean>;
  log: ServerLog;
  /** Aborting it ends every running request. */
  signal: AbortSignal;
};

/** Hz of OpenAI's `pcm`, which has no head that would tell: clients play it at this rate. */
const openAiPcmRate = 24_000;
/** Sound of a text that has nothing to speak, such as an emoji: some clients test with "." alone. */
const silenceMs = 200;

/** `POST /v1/audio/speech` of OpenAI's API, and `GET /v1/audio/config` and `/v1/audio/voices`. */
export function speechRoute(options: SpeechRouteOptions) {
  const { hasFfmpeg, defaultVoice, maxSpeeches, log } = options;
  let running = 0;

  async function answer(
    { body, query }: Pick<FastifyRequest, "body" | "query">,
    reply: FastifyReply,
  ): Promise<void> {
    const synthesizer = requireLoaded(options.synthesizer());
    const request = readOpenAiSpeechRequest(body, query);
    const { format, speed } = encodingOf(request, await hasFfmpeg());
    const settings = voiceSettings(request, synthesizer, defaultVoice);
    if (running >= maxSpeeches) {
      const message = `${running} speeches are being made already`;
      throw new AppError("too-many-requests", message, { isRetryable: true });
    }
    const controller = childController(options.signal);
    const { signal } = controller;
    running += 1;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      running -= 1;
      controller.abort(new DOMException("The client went away.", "AbortError"));
    };
    reply.raw.once("close", end);
    try {
      const { input, seed, temperature } = request;
      const spoken = await withFirstSound(
        spokenSamples(synthesizer, {
          text: input,
          ...settings,
          ...(seed == null ? {} : { seed }),
          ...(temperature == null ? {} : { temperature }),
          signal,
        }),
      );
      const { sampleRate: ownRate } = synthesizer;
      const sampleRate = request.sample_rate ?? (format === "pcm" ? openAiPcmRate : ownRate);
      const samples = resample(spoken ?? shortSilence(ownRate), ownRate, sampleRate);
      const sound = encodeAudio(samples, { format, sampleRate, speed, signal });
      const isEvents = request.stream_format === "sse";
      await reply
        .type(isEvents ? "text/event-stream; charset=utf-8" : mediaTypes[format])
        .headers({ "x-sample-rate": String(sampleRate), "x-channels": "1" })
        .headers(isEvents ? { "cache-control": "no-cache" } : {})
        .send(Readable.from(isEvents ? speechEvents(sound) : sound, { objectMode: false }));
    } catch (error) {
      end();
      throw error;
    }
  }

  return (scope: FastifyInstance): Promise<void> => {
    scope.setErrorHandler((error, request, reply) => {
      const { status, body, retryAfterSeconds } = toOpenAiError(error);
      if (!isAbort(error) && !request.raw.destroyed) {
        log.warn({ status, code: body.error.code }, "speech refused");
      }
      if (retryAfterSeconds !== null) void reply.header("retry-after", retryAfterSeconds);
      return reply.code(status).send(body);
    });
    scope.post("/v1/audio/speech", async (request, reply) => {
      await answer(request, reply);
      return reply;
    });
    scope.get("/v1/audio/config", async () =>
      voiceConfig(requireLoaded(options.synthesizer()), defaultVoice, await hasFfmpeg()),
    );
    scope.get("/v1/audio/voices", () => voiceList(requireLoaded(options.synthesizer())));
    return Promise.resolve();
  };
}

/** Format and speed; MP3 is OpenAI's default. */
function encodingOf(
  { response_format: asked, speed: askedSpeed }: OpenAiSpeechRequest,
  hasFfmpeg: boolean,
): { format: AudioFormat; speed: number } {
  const format = asked ?? "mp3";
  if (isFfmpegFormat(format) && !hasFfmpeg) {
    const message = `response_format: "${format}" needs ffmpeg, which is not installed`;
    throw new AppError("invalid-request", message);
  }
  return { format, speed: askedSpeed ?? 1 };
}

async function* shortSilence(sampleRate: number): AsyncGenerator<Int16Array> {
  yield await Promise.resolve(new Int16Array((sampleRate * silenceMs) / 1_000));
}
