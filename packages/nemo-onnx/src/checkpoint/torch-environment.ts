import { z } from "zod";
import { PickleFunction, type PickleEnvironment } from "./pickle/pickle-environment";
import { TorchStorage, TorchStorageType, TorchTensor } from "./torch-values";

const count = z.int().nonnegative();
const counts = z.array(count).readonly();

/** `('storage', type, key, location, length)`, as `torch.save` writes them. */
const persistentId = z.tuple([
  z.literal("storage"),
  z.instanceof(TorchStorageType),
  z.string().regex(/^\d+$/),
  z.string(),
  count,
]);

/**
 * Arguments of `_rebuild_tensor_v2`: storage, offset, size, stride, requires_grad, hooks, metadata.
 */
const tensorParameters = z
  .tuple([z.instanceof(TorchStorage), count, counts, counts, z.boolean(), z.instanceof(Map)])
  // Metadata marks lazily conjugated or negated values; weights never have it.
  .rest(z.union([z.null(), z.instanceof(Map).refine((metadata) => metadata.size === 0)]));

const parameterParameters = z.tuple([z.instanceof(TorchTensor), z.boolean(), z.instanceof(Map)]);

const storageTypes = [
  new TorchStorageType("torch.FloatStorage", "float32"),
  new TorchStorageType("torch.HalfStorage", "float16"),
  new TorchStorageType("torch.BFloat16Storage", "bfloat16"),
  new TorchStorageType("torch.DoubleStorage", "float64"),
  new TorchStorageType("torch.LongStorage", "int64"),
  new TorchStorageType("torch.IntStorage", "int32"),
  new TorchStorageType("torch.BoolStorage", "bool"),
  new TorchStorageType("torch.ShortStorage", undefined),
  new TorchStorageType("torch.CharStorage", undefined),
  new TorchStorageType("torch.ByteStorage", undefined),
];

const functions = [
  new PickleFunction("collections.OrderedDict", (parameters) =>
    parameters.length === 0 ? new Map() : undefined,
  ),
  new PickleFunction("torch._utils._rebuild_tensor_v2", (parameters) => {
    const { data } = tensorParameters.safeParse(parameters);
    if (data === undefined) return undefined;
    const [storage, offset, shape, strides] = data;
    return new TorchTensor(storage, { offset, shape, strides });
  }),
  new PickleFunction(
    "torch._utils._rebuild_parameter",
    (parameters) => parameterParameters.safeParse(parameters).data?.[0],
  ),
  new PickleFunction(
    "torch.Size",
    (parameters) => z.tuple([counts]).safeParse(parameters).data?.[0],
  ),
];

const globals: ReadonlyMap<string, unknown> = new Map(
  [...storageTypes, ...functions].map((value) => [value.name, value]),
);

/** The globals that the pickle of a state dict may name: dictionaries, tensors and storages. */
export const torchEnvironment: PickleEnvironment = {
  findGlobal: (name) => globals.get(name),
  findPersistent: (id) => {
    const { data } = persistentId.safeParse(id);
    if (data === undefined) return undefined;
    const [, type, key, , length] = data;
    return new TorchStorage(type, key, length);
  },
  // `_metadata` holds the version of each module that wrote weights; nothing here depends on it.
  build: (target, state) =>
    target instanceof Map &&
    state instanceof Map &&
    [...state.keys()].every((key) => key === "_metadata"),
};
