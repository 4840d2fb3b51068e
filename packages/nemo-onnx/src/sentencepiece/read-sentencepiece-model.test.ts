import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { readSentencePieceModel } from "./read-sentencepiece-model";

type Write = (writer: BinaryWriter) => void;

function message(...fields: [field: number, content: Write][]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, content] of fields) {
    writer.tag(field, WireType.LengthDelimited).fork();
    content(writer);
    writer.join();
  }
  return writer.finish();
}

const unknown: [number, Write] = [
  1,
  (writer) =>
    writer.tag(1, WireType.LengthDelimited).string("<unk>").tag(3, WireType.Varint).int32(2),
];
const setting = (field: number, value: number): Write => {
  return (writer) => writer.tag(field, WireType.Varint).int32(value);
};

describe("readSentencePieceModel", () => {
  it("uses the format's defaults for missing fields", () => {
    const piece: Write = (writer) => {
      writer.tag(1, WireType.LengthDelimited).string("a").tag(2, WireType.Bit32).float(-1.5);
    };
    expect(readSentencePieceModel(message(unknown, [1, piece]), "m")).toMatchObject({
      pieces: [
        { text: "<unk>", score: 0, type: "unknown" },
        { text: "a", score: -1.5, type: "normal" },
      ],
      algorithm: "unigram",
      hasByteFallback: false,
      unknown: 0,
      normalizer: { addsDummyPrefix: true, removesExtraSpaces: true, escapesSpaces: true },
    });
  });

  it("reads trainer and normaliser settings", () => {
    const trainer: Write = (writer) => {
      setting(3, 2)(writer);
      setting(35, 1)(writer);
    };
    expect(
      readSentencePieceModel(message(unknown, [2, trainer], [3, setting(4, 0)]), "m"),
    ).toMatchObject({
      algorithm: "bpe",
      hasByteFallback: true,
      normalizer: { addsDummyPrefix: true, removesExtraSpaces: false },
    });
  });

  it.each([
    ["unsupported", message(unknown, [2, setting(3, 4)]), "m: model_type 4"],
    ["unsupported", message(unknown, [2, setting(24, 1)]), "m: treat_whitespace_as_suffix"],
    ["malformed", message([1, setting(3, 9)]), "m: piece 0 is of type 9"],
    ["malformed", new Uint8Array(), "m has no unknown piece"],
    ["malformed", Uint8Array.of(10, 200), "m is no SentencePiece model"],
  ])("refuses %s models", (code, bytes, text) => {
    expect(() => readSentencePieceModel(bytes, "m")).toThrow(
      expect.objectContaining({ code, message: text }),
    );
  });
});
