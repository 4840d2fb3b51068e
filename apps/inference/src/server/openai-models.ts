import type { FastifyPluginCallback } from "fastify";
import { AppError } from "@parley/shared/errors";
import { requireLoaded } from "./require-loaded";

/** Names of OpenAI's models that clients ask for by default; the models here stand in for them. */
const recognitionNames = [
  "whisper-1",
  "gpt-4o-transcribe",
  "gpt-4o-mini-transcribe",
  "gpt-4o-transcribe-diarize",
];
const speechNames = ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"];

export type SpeechModelNames = {
  /** Of the present recogniser and voice, as the Models page lists them. */
  recognizer: string;
  synthesizer: string;
};

/** An entry of OpenAI's list of models. */
type OpenAiModel = { id: string; object: "model"; created: number; owned_by: string };

/**
 * `GET /v1/models` and `/v1/models/{id}` of OpenAI's API. Every name is taken at the other doors;
 * these are listed for clients that choose from a list or look for a name.
 *
 * @param names null while the models load
 */
export function openAiModelsRoute(names: () => SpeechModelNames | null): FastifyPluginCallback {
  const list = (): OpenAiModel[] => {
    const { recognizer, synthesizer } = requireLoaded(names());
    return [recognizer, ...recognitionNames, synthesizer, ...speechNames].map(toModel);
  };
  return (http, _options, done) => {
    http.get("/v1/models", () => ({ object: "list", data: list() }));
    http.get<{ Params: { "*": string } }>("/v1/models/*", ({ params: { "*": id } }) => {
      const model = list().find((candidate) => candidate.id === id);
      if (model !== undefined) return model;
      throw new AppError("not-found", `The model ${JSON.stringify(id)} does not exist.`);
    });
    // Open WebUI asks for the models of the voice alone.
    http.get("/v1/audio/models", () => {
      const { synthesizer } = requireLoaded(names());
      return { models: [synthesizer, ...speechNames].map((id) => ({ id, name: id })) };
    });
    done();
  };
}

/** Nobody here knows when a model was made. */
function toModel(id: string): OpenAiModel {
  return { id, object: "model", created: 0, owned_by: "parley" };
}
