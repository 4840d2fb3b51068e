import type { TensorElement } from "./decode-elements";
import type { TensorLayout } from "./tensor-layout";

/** A Python class such as `torch.FloatStorage`, by which a storage names its element type. */
export class TorchStorageType {
  readonly name: string;
  /** Undefined for storage classes that are known but not supported: 8 and 16 bit integers. */
  readonly elementType: TensorElement | undefined;

  constructor(name: string, elementType: TensorElement | undefined) {
    this.name = name;
    this.elementType = elementType;
  }
}

/** A storage: elements of one type in the zip entry `data/<key>`. */
export class TorchStorage {
  readonly type: TorchStorageType;
  readonly key: string;
  /** Number of elements. */
  readonly length: number;

  constructor(type: TorchStorageType, key: string, length: number) {
    this.type = type;
    this.key = key;
    this.length = length;
  }
}

/** A tensor as the pickle describes it: a view of a storage, not yet checked against its size. */
export class TorchTensor {
  readonly storage: TorchStorage;
  readonly layout: TensorLayout;

  constructor(storage: TorchStorage, layout: TensorLayout) {
    this.storage = storage;
    this.layout = layout;
  }
}
