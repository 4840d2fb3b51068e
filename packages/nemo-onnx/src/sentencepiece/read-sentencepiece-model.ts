import { ModelError } from "../errors";
import { readFields } from "../onnx/read-fields";
import type {
  NormalizerSettings,
  PieceType,
  SentencePiece,
  SentencePieceModel,
} from "./sentencepiece-model";

/** `ModelProto.SentencePiece.Type`. */
const pieceTypes: ReadonlyMap<number, PieceType> = new Map([
  [1, "normal"],
  [2, "unknown"],
  [3, "control"],
  [4, "user-defined"],
  [5, "unused"],
  [6, "byte"],
]);

/** `TrainerSpec.model_type`. */
const algorithms: ReadonlyMap<number, SentencePieceModel["algorithm"]> = new Map([
  [1, "unigram"],
  [2, "bpe"],
]);

type TrainerSettings = { modelType: number; hasByteFallback: boolean; hasSpaceSuffix: boolean };

/**
 * Reads the protobuf of a SentencePiece `.model` file (`sentencepiece_model.proto`).
 *
 * @param file the file's name, for error messages
 * @throws ModelError `malformed` when the bytes are not such a file, `unsupported` for word and
 *   character models and for models that treat spaces as suffixes
 */
export function readSentencePieceModel(bytes: Uint8Array, file: string): SentencePieceModel {
  try {
    return readModel(bytes, file);
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError("malformed", `${file} is no SentencePiece model`, { cause });
  }
}

function readModel(bytes: Uint8Array, file: string): SentencePieceModel {
  const pieces: SentencePiece[] = [];
  let trainerBytes: Uint8Array = new Uint8Array();
  let normalizerBytes: Uint8Array = new Uint8Array();
  readFields(bytes, (field, reader) => {
    if (field === 1) pieces.push(readPiece(reader.bytes(), `${file}: piece ${pieces.length}`));
    else if (field === 2) trainerBytes = reader.bytes();
    else if (field === 3) normalizerBytes = reader.bytes();
  });
  const trainer = readTrainer(trainerBytes);
  const algorithm = algorithms.get(trainer.modelType);
  if (algorithm === undefined) {
    throw new ModelError("unsupported", `${file}: model_type ${trainer.modelType}`);
  }
  if (trainer.hasSpaceSuffix) {
    throw new ModelError("unsupported", `${file}: treat_whitespace_as_suffix`);
  }
  const unknown = pieces.findIndex(({ type }) => type === "unknown");
  if (unknown < 0) throw new ModelError("malformed", `${file} has no unknown piece`);
  return {
    pieces,
    algorithm,
    hasByteFallback: trainer.hasByteFallback,
    unknown,
    normalizer: readNormalizer(normalizerBytes),
  };
}

function readPiece(bytes: Uint8Array, place: string): SentencePiece {
  let text = "";
  let score = 0;
  let typeNumber = 1;
  readFields(bytes, (field, reader) => {
    if (field === 1) text = reader.string();
    else if (field === 2) score = reader.float();
    else if (field === 3) typeNumber = reader.int32();
  });
  const type = pieceTypes.get(typeNumber);
  if (type === undefined) throw new ModelError("malformed", `${place} is of type ${typeNumber}`);
  return { text, score, type };
}

function readTrainer(bytes: Uint8Array): TrainerSettings {
  const trainer = { modelType: 1, hasByteFallback: false, hasSpaceSuffix: false };
  readFields(bytes, (field, reader) => {
    if (field === 3) trainer.modelType = reader.int32();
    else if (field === 24) trainer.hasSpaceSuffix = reader.bool();
    else if (field === 35) trainer.hasByteFallback = reader.bool();
  });
  return trainer;
}

function readNormalizer(bytes: Uint8Array): NormalizerSettings {
  const normalizer: NormalizerSettings = {
    charsMap: new Uint8Array(),
    addsDummyPrefix: true,
    removesExtraSpaces: true,
    escapesSpaces: true,
  };
  readFields(bytes, (field, reader) => {
    if (field === 2) normalizer.charsMap = reader.bytes();
    else if (field === 3) normalizer.addsDummyPrefix = reader.bool();
    else if (field === 4) normalizer.removesExtraSpaces = reader.bool();
    else if (field === 5) normalizer.escapesSpaces = reader.bool();
  });
  return normalizer;
}
