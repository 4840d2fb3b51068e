import { readPickle } from "@parley/nemo-onnx/checkpoint/pickle/read-pickle";
import {
  pickledTensor,
  pickle as write,
} from "@parley/nemo-onnx/checkpoint/testing/pickle-program";
import { torchEnvironment } from "@parley/nemo-onnx/checkpoint/torch-environment";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes } from "../inputs/mutated-bytes";

const tensor = pickledTensor({ stored: 6, shape: [2, 3], strides: [3, 1] });
const seeds = [
  write.program(write.dictionary([write.text("weight"), tensor])),
  write.program(
    write.call(write.global("collections", "OrderedDict")),
    write.raw(0x71, 0, 0x68, 0),
  ),
  write.program(write.tuple(write.integer(-5), write.integer(2 ** 40), write.no())),
];
/** Opcodes that the reader knows, in any order: marks, tuples, memo, build, reduce. */
const opcodes = fc.constantFrom(
  ...[0x28, 0x29, 0x2e, 0x30, 0x31, 0x32, 0x4a, 0x4b, 0x4d, 0x4e, 0x51, 0x52, 0x5d, 0x61, 0x62],
  ...[0x63, 0x65, 0x68, 0x6a, 0x71, 0x72, 0x73, 0x74, 0x75, 0x7d, 0x80, 0x81, 0x85, 0x86, 0x87],
  ...[0x88, 0x89, 0x8a, 0x58, 0x47],
);
const programs = fc
  .array(fc.oneof({ weight: 4, arbitrary: opcodes }, fc.nat(255)), { maxLength: 200 })
  .map((codes) => write.program(Uint8Array.from(codes)));

export const pickle = fuzzTarget({
  name: "pickle",
  about: "pickles of checkpoints",
  inputs: fc.oneof(
    programs.map((bytes) => Uint8Array.from(bytes)),
    mutatedBytes(...seeds),
  ),
  open: () => ({
    check: async (bytes) => {
      await expectCoded(() => readPickle(bytes, "data.pkl", torchEnvironment));
    },
  }),
});
