import type { MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { AppError } from "@parley/shared/errors";
import type { MagpieRequest } from "./magpie-request";

/** @throws AppError `invalid-request` naming the value that the model cannot speak */
export function checkMagpieRequest(
  { chunks, voice, temperature }: MagpieRequest,
  { voices, textTokens, maxTextPositions, inference }: MagpieManifest,
): void {
  const refuse = (reason: string) => {
    throw new AppError("invalid-request", reason);
  };
  if (voices[voice] === undefined) {
    refuse(
      `no voice ${voice}; there are ${voices.map((name, index) => `${index} ${name}`).join(", ")}`,
    );
  }
  if (temperature !== null && !(temperature >= 0 && temperature <= 10)) {
    refuse(`temperature ${temperature} is not between 0 and 10`);
  }
  if (chunks.length === 0) refuse("there is no text to speak");
  for (const { ids } of chunks) {
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= textTokens);
    if (wrong !== undefined) refuse(`text id ${wrong} is not below ${textTokens}`);
    if (ids.length === 0) refuse("a chunk of the text is empty");
    const longest = maxTextPositions - (chunks.length > 1 ? inference.historyLength : 0);
    if (ids.length > longest) {
      refuse(`a chunk of ${ids.length} text tokens is too long; the model reads ${longest}`);
    }
  }
}
