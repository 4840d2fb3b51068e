/** Parts of a protocol 2 pickle, each of which leaves one value on the stack. */
export const pickle = {
  /** A whole pickle. */
  program: (...parts: readonly Uint8Array[]) => join(bytes(0x80, 2), ...parts, bytes(0x2e)),
  text: (value: string) => join(bytes(0x58), uint32(Buffer.byteLength(value)), Buffer.from(value)),
  integer: (value: number) => (value < 2 ** 31 ? join(bytes(0x4a), uint32(value)) : long(value)),
  global: (module: string, name: string) => join(bytes(0x63), Buffer.from(`${module}\n${name}\n`)),
  tuple: (...parts: readonly Uint8Array[]) => join(bytes(0x28), ...parts, bytes(0x74)),
  call: (callable: Uint8Array, ...parameters: readonly Uint8Array[]) =>
    join(callable, pickle.tuple(...parameters), bytes(0x52)),
  dictionary: (...pairs: readonly (readonly [Uint8Array, Uint8Array])[]) =>
    join(bytes(0x7d, 0x28), ...pairs.flat(), bytes(0x75)),
  no: () => bytes(0x89),
  /** Raw opcodes. */
  raw: bytes,
  join,
};

export type TensorSpec = {
  /** Prefix of the storage class, such as `Float`, the default. */
  type?: string;
  key?: string;
  /** Number of elements in the storage. */
  stored: number;
  offset?: number;
  shape: readonly number[];
  strides: readonly number[];
};

/** A tensor as `torch.save` writes it. */
export function pickledTensor(spec: TensorSpec): Uint8Array {
  const storage = pickle.tuple(
    pickle.text("storage"),
    pickle.global("torch", `${spec.type ?? "Float"}Storage`),
    pickle.text(spec.key ?? "0"),
    pickle.text("cpu"),
    pickle.integer(spec.stored),
  );
  return pickle.call(
    pickle.global("torch._utils", "_rebuild_tensor_v2"),
    pickle.join(storage, bytes(0x51)),
    pickle.integer(spec.offset ?? 0),
    pickle.tuple(...spec.shape.map(pickle.integer)),
    pickle.tuple(...spec.strides.map(pickle.integer)),
    pickle.no(),
    pickle.call(pickle.global("collections", "OrderedDict")),
  );
}

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function uint32(value: number): Uint8Array {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}

function long(value: number): Uint8Array {
  const buffer = Buffer.alloc(10);
  buffer.set([0x8a, 8]);
  buffer.writeBigInt64LE(BigInt(value), 2);
  return buffer;
}
