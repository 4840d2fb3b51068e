import { buildZip, type ZipEntrySpec } from "../../archive/testing/build-zip";
import type { SparseContent } from "../../archive/testing/sparse-source";
import { pickle, pickledTensor, type TensorSpec } from "./pickle-program";

export type WeightsSpec = {
  tensors: Readonly<Record<string, TensorSpec>>;
  /** Bytes by key; or their number, when all are zero. */
  storages: Readonly<Record<string, Uint8Array | number>>;
  /** A pickle to write in place of that of `tensors`. */
  pickle?: Uint8Array;
  byteOrder?: string;
};

/** A `model_weights.ckpt` in the layout of `torch.save`. */
export function buildWeights(spec: WeightsSpec): SparseContent {
  const pairs = Object.entries(spec.tensors).map(
    ([name, tensor]) => [pickle.text(name), pickledTensor(tensor)] as const,
  );
  const storages = Object.entries(spec.storages).map(([key, content]): ZipEntrySpec => {
    const name = `model_weights/data/${key}`;
    return typeof content === "number" ? { name, size: content } : { name, content };
  });
  return buildZip([
    {
      name: "model_weights/data.pkl",
      content: spec.pickle ?? pickle.program(pickle.dictionary(...pairs)),
    },
    { name: "model_weights/byteorder", content: spec.byteOrder ?? "little" },
    ...storages,
  ]);
}
