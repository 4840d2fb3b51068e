import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { readSentencePieceModel } from "@parley/nemo-onnx/sentencepiece/read-sentencepiece-model";
import { SentencePieceEncoder } from "@parley/nemo-onnx/sentencepiece/sentencepiece-encoder";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes } from "../inputs/mutated-bytes";

/** A small model; `type` 1 is unigram, 2 is BPE. */
function modelBytes(type: number): Uint8Array {
  const writer = new BinaryWriter();
  const pieces = ["<unk>", "\u2581", "a", "b", "ab", "\u2581ab", "é", "<x>"];
  for (const [at, text] of pieces.entries()) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(text);
    writer.tag(2, WireType.Bit32).float(-at / 2);
    writer.tag(3, WireType.Varint).int32(at === 0 ? 2 : at === 7 ? 4 : 1);
    writer.join();
  }
  writer.tag(2, WireType.LengthDelimited).fork().tag(3, WireType.Varint).int32(type).join();
  const charsMap = Uint8Array.of(8, 0, 0, 0, 1, 4, 0, 0, 2, 8, 0, 0, 0x62, 0);
  writer.tag(3, WireType.LengthDelimited).fork();
  writer.tag(2, WireType.LengthDelimited).bytes(charsMap).join();
  return writer.finish();
}

export const sentencepiece = fuzzTarget({
  name: "sentencepiece",
  about: "tokenizers of SentencePiece, and texts that they cut",
  inputs: fc.record({
    bytes: mutatedBytes(modelBytes(1), modelBytes(2)),
    text: fc.string({
      unit: fc.constantFrom("a", "b", " ", "é", "\u{1F600}", "<x>"),
      maxLength: 60,
    }),
  }),
  open: () => ({
    check: async ({ bytes, text }) => {
      const ids = await expectCoded(() => {
        const model = readSentencePieceModel(bytes, "tokenizer.model");
        return { ids: new SentencePieceEncoder(model).encode(text), count: model.pieces.length };
      });
      if (ids?.ids.some((id) => id < 0 || id >= ids.count)) throw new Error("an id of no piece");
    },
  }),
});
