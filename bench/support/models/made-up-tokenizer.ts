import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** `ModelProto.SentencePiece.Type` of the unknown piece. */
const unknownType = 2;

/**
 * A SentencePiece model (`sentencepiece_model.proto`) of these pieces, the first of them unknown:
 * loading a recogniser compares its pieces with the vocabulary, in number and text.
 */
export function madeUpTokenizer(pieces: readonly string[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [index, piece] of pieces.entries()) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(piece);
    writer.tag(2, WireType.Bit32).float(-index);
    if (index === 0) writer.tag(3, WireType.Varint).int32(unknownType);
    writer.join();
  }
  return writer.finish();
}
