import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from "@grpc/grpc-js";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { resample } from "@parley/audio/resampling/resample";
import type { Recognizer, RecognizedWord } from "../../contracts/recognizer";
import type { Synthesizer } from "../../contracts/synthesizer";
import { rivaServices } from "../riva/riva-services";

type RecognizeRequest = {
  streaming_request?: "streaming_config" | "audio_content";
  streaming_config?: { config: RivaConfig } | null;
  audio_content?: Uint8Array | null;
};
export type RivaConfig = {
  language_code: string;
  sample_rate_hertz: number;
  model: string;
  speech_contexts: { phrases: string[] }[];
};
type SpeechRequest = {
  text: string;
  voice_name: string;
  language_code: string;
  sample_rate_hz: number;
};

/** A server of Riva's protocol on engines of ours, made from the same proto as the client. */
export class RivaServer {
  /** The configuration of every recognition call, in order. */
  readonly configs: RivaConfig[] = [];
  /** Metadata `authorization` of every call, in order. */
  readonly keys: (string | undefined)[] = [];
  /** Synthesis calls that were cancelled by the client. */
  cancelled = 0;
  /** The status that recognition calls end with at once; null: they work. */
  failsWith: number | null = null;
  readonly #engines: { recognizer?: Recognizer; synthesizer?: Synthesizer };
  #server: Server | null = null;
  #port = 0;

  constructor(engines: { recognizer?: Recognizer; synthesizer?: Synthesizer }) {
    this.#engines = engines;
  }

  get url(): URL {
    return new URL(`grpc://127.0.0.1:${this.#port}`);
  }

  /** Starts listening; again on the same port after a stop. */
  async start(): Promise<void> {
    const server = new Server();
    const { recognizer, synthesizer } = this.#engines;
    if (recognizer !== undefined) {
      server.addService(rivaServices.recognition, {
        StreamingRecognize: (call: ServerDuplexStream<RecognizeRequest, object>) =>
          void this.#recognize(recognizer, call),
        GetRivaSpeechRecognitionConfig: this.#describe({
          model_name: recognizer.name,
          parameters: {},
        }),
      });
    }
    if (synthesizer !== undefined) {
      const { name, voices, languages = ["en-US"] } = synthesizer;
      const subvoices = voices.map((voice, index) => `${voice}:${index}`).join(",");
      const parameters = { voice_name: "Test", subvoices, language_code: languages.join(",") };
      server.addService(rivaServices.synthesis, {
        SynthesizeOnline: (call: ServerWritableStream<SpeechRequest, object>) =>
          void this.#synthesize(synthesizer, call),
        GetRivaSynthesisConfig: this.#describe({ model_name: name, parameters }),
      });
    }
    this.#server = server;
    this.#port = await new Promise((resolve, reject) => {
      server.bindAsync(
        `127.0.0.1:${this.#port}`,
        ServerCredentials.createInsecure(),
        (error, port) => {
          if (error === null) resolve(port);
          else reject(error);
        },
      );
    });
  }

  /** Cuts every call, as a dying process does. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = null;
  }

  #describe(config: object) {
    return (_call: ServerUnaryCall<object, object>, done: sendUnaryData<object>) => {
      done(null, { model_config: [config] });
    };
  }

  async #recognize(
    recognizer: Recognizer,
    call: ServerDuplexStream<RecognizeRequest, object>,
  ): Promise<void> {
    this.keys.push(call.metadata.get("authorization")[0]?.toString());
    if (this.failsWith !== null) {
      call.emit("error", { code: this.failsWith, details: "as the test wants it" });
      return;
    }
    const joiner = new SampleJoiner();
    const stream = await recognizer.open({ isOffline: true });
    try {
      // Without this option the loop would end the other direction, too.
      for await (const request of call.iterator({ destroyOnReturn: false })) {
        const { streaming_config: streaming, audio_content: audio } = request as RecognizeRequest;
        if (streaming !== undefined && streaming !== null) this.configs.push(streaming.config);
        if (audio === undefined || audio === null || audio.length === 0) continue;
        const { text } = await stream.write(joiner.push(Uint8Array.from(audio)));
        if (text !== "") call.write({ results: [resultOf(text, [], false)] });
      }
      const { text, words } = await stream.finish();
      if (text !== "") call.write({ results: [resultOf(text, words, true)] });
      call.end();
    } catch {
      call.emit("error", { code: status.INTERNAL, details: "the call was cut" });
    } finally {
      stream.close();
    }
  }

  async #synthesize(
    synthesizer: Synthesizer,
    call: ServerWritableStream<SpeechRequest, object>,
  ): Promise<void> {
    const { text, voice_name: name, language_code: language, sample_rate_hz: rate } = call.request;
    const stop = new AbortController();
    call.on("cancelled", () => {
      this.cancelled++;
      stop.abort();
    });
    async function* clauses() {
      yield await Promise.resolve(text);
    }
    const { signal } = stop;
    const voice = name.replace(/^Test\./u, "");
    const request = { clauses: clauses(), voice, language, signal };
    try {
      const sound = resample(samplesOf(synthesizer.speak(request)), synthesizer.sampleRate, rate);
      for await (const samples of sound) call.write({ audio: sampleBytes(samples.slice()) });
      call.end();
    } catch {
      call.emit("error", { code: status.INTERNAL, details: "the voice failed" });
    }
  }
}

async function* samplesOf(parts: ReturnType<Synthesizer["speak"]>) {
  for await (const part of parts) {
    if (part.type === "error") throw part.error;
    if (part.type === "audio") yield part.samples;
  }
}

function resultOf(text: string, words: readonly RecognizedWord[], isFinal: boolean): object {
  return {
    is_final: isFinal,
    alternatives: [
      {
        transcript: `${text} `,
        words: words.map((word) => ({
          word: word.text,
          start_time: Math.round(word.startMs),
          end_time: Math.round(word.endMs),
          confidence: word.confidence,
        })),
      },
    ],
  };
}
