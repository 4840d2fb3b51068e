import { readWhole, type ByteSource } from "../archive/byte-source";
import { listZipEntries } from "../archive/list-zip-entries";
import { ModelError } from "../errors";
import type { CheckpointTensor } from "./checkpoint";
import { elementBytes } from "./decode-elements";
import { readPickle } from "./pickle/read-pickle";
import { checkLayout } from "./tensor-layout";
import { readTensor } from "./read-tensor";
import { torchEnvironment } from "./torch-environment";
import { TorchTensor } from "./torch-values";

/** Bytes of `data.pkl` at most; a tensor takes about 200. */
const pickleLimitBytes = 2 ** 24;

/**
 * Opens a state dict as `torch.save` writes it since torch 1.6: a zip of `<folder>/data.pkl`, which
 * holds names and layouts, and a `<folder>/data/<key>` for each storage. Values other than tensors
 * (`_extra_state` of some modules) are ignored.
 *
 * @returns the tensors by name, in the state dict's order
 * @throws ModelError
 */
export async function openTorchWeights(
  file: ByteSource,
): Promise<ReadonlyMap<string, CheckpointTensor>> {
  const entries = await listZipEntries(file);
  const folder = findFolder(file, entries);
  await checkByteOrder(entries.get(`${folder}byteorder`));
  const pickle = requireEntry(file, entries, `${folder}data.pkl`);
  const state = readPickle(
    await readWhole(pickle, pickleLimitBytes),
    pickle.name,
    torchEnvironment,
  );
  if (!(state instanceof Map))
    throw new ModelError("malformed", `${pickle.name} is not a state dict`);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, value] of new Map<unknown, unknown>(state)) {
    if (typeof name !== "string" || !(value instanceof TorchTensor)) continue;
    const storage = requireEntry(file, entries, `${folder}data/${value.storage.key}`);
    tensors.set(name, checkedTensor(name, value, storage));
  }
  if (tensors.size === 0) throw new ModelError("malformed", `${pickle.name} holds no tensors`);
  return tensors;
}

/** Name of the top-level folder, which the writer chooses, with a slash behind it. */
function findFolder(file: ByteSource, entries: ReadonlyMap<string, ByteSource>): string {
  const pickles = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [pickle, another] = pickles;
  if (pickle === undefined || another !== undefined) {
    throw new ModelError("malformed", `${file.name} holds ${pickles.length} data.pkl, not one`);
  }
  return pickle.slice(0, -"data.pkl".length);
}

/** Checks the `byteorder` entry. It is absent before torch 2.1, which wrote little-endian only. */
async function checkByteOrder(entry: ByteSource | undefined): Promise<void> {
  if (entry === undefined) return;
  const order = Buffer.from(await readWhole(entry, 16)).toString("latin1");
  if (order !== "little") throw new ModelError("unsupported", `${entry.name} is ${order}`);
}

function requireEntry(
  file: ByteSource,
  entries: ReadonlyMap<string, ByteSource>,
  name: string,
): ByteSource {
  const entry = entries.get(name);
  if (entry === undefined) throw new ModelError("malformed", `${file.name} has no entry ${name}`);
  return entry;
}

function checkedTensor(name: string, tensor: TorchTensor, entry: ByteSource): CheckpointTensor {
  const { layout, storage } = tensor;
  const { elementType } = storage.type;
  if (elementType === undefined) {
    throw new ModelError("unsupported", `${entry.name}: ${name} is a ${storage.type.name}`);
  }
  if (storage.length * elementBytes[elementType] > entry.size) {
    throw new ModelError(
      "malformed",
      `${entry.name} of ${entry.size} bytes is shorter than its ${storage.length} ${elementType}`,
    );
  }
  checkLayout(layout, storage.length, `${entry.name}: ${name}`);
  const read = () => readTensor(entry, elementType, layout);
  return { name, elementType, shape: layout.shape, read };
}
