import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readSentencePieceModel } from "@parley/nemo-onnx/sentencepiece/read-sentencepiece-model";
import { errorMessage } from "@parley/shared/errors";
import { parseTokens } from "../tokenizer/parse-tokens";
import { claimsAbout, type ModelStatement } from "./model-statements";
import type { Mismatches } from "./mismatches";
import type { ModelFiles } from "./model-files";
import type { Vocabulary } from "../tokenizer/vocabulary";

/**
 * Vocabulary from a token file, else from the SentencePiece model, else from NeMo's configuration.
 *
 * @returns null, with the reasons added to `mismatches`, when there is none
 */
export async function readVocabulary(
  files: ModelFiles,
  statements: readonly ModelStatement[],
  mismatches: Mismatches,
): Promise<Vocabulary | null> {
  const sentencePieceModel = await readIfPresent(files.sentencePieceModel, mismatches);
  const written = await readPieces(files, mismatches);
  const modelled = modelPieces(files, sentencePieceModel, mismatches);
  const pieces =
    written ?? modelled ?? claimsAbout(statements, ({ pieces }) => pieces)[0]?.value ?? null;
  if (pieces === null) {
    if (files.tokens === null) {
      mismatches.add(
        `${basename(files.directory)} has no vocabulary: ` +
          "tokens.txt, vocab.txt, tokenizer.model or model_config.yaml",
      );
    }
    return null;
  }
  return { pieces, blank: pieces.length, sentencePieceModel };
}

function modelPieces(
  { sentencePieceModel: path }: ModelFiles,
  bytes: Uint8Array | null,
  mismatches: Mismatches,
): readonly string[] | null {
  if (path === null || bytes === null) return null;
  try {
    return readSentencePieceModel(bytes, basename(path)).pieces.map(({ text }) => text);
  } catch (error) {
    mismatches.add(errorMessage(error));
    return null;
  }
}

async function readPieces(
  { tokens }: ModelFiles,
  mismatches: Mismatches,
): Promise<readonly string[] | null> {
  const bytes = await readIfPresent(tokens, mismatches);
  if (bytes === null || tokens === null) return null;
  try {
    const text = new TextDecoder().decode(bytes);
    return hasIds(text) ? parseTokens(text) : listPieces(text);
  } catch (error) {
    mismatches.add(`${basename(tokens)}: ${errorMessage(error)}`);
    return null;
  }
}

function hasIds(text: string): boolean {
  return /\s\d+\r?$/m.test(text);
}

/** Pieces without ids, in the order of their ids, as ONNX Runtime GenAI's recipe lists them. */
function listPieces(text: string): readonly string[] {
  const pieces = text.split(/\r?\n/).filter((line) => line !== "");
  const isLastBlank = ["<blk>", "<blank>"].includes(pieces.at(-1) ?? "");
  return isLastBlank ? pieces.slice(0, -1) : pieces;
}

async function readIfPresent(
  path: string | null,
  mismatches: Mismatches,
): Promise<Uint8Array | null> {
  if (path === null) return null;
  try {
    return await readFile(path);
  } catch (error) {
    mismatches.add(`${basename(path)} cannot be read: ${errorMessage(error)}`);
    return null;
  }
}
