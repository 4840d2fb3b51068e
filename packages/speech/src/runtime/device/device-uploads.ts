import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { OnnxSession, type OnnxSettings } from "../onnx-session";
import type { Tensor } from "../tensors";

/**
 * Puts tensors on the device that many runs are given: they cross the bus once. onnxruntime-node has
 * no call for it, so a graph of a single node returns what it was given.
 */
export class DeviceUploads {
  readonly #settings: OnnxSettings;
  readonly #sessions = new Map<number, Promise<OnnxSession>>();

  /** @param settings of a provider that can keep outputs */
  constructor(settings: OnnxSettings) {
    this.#settings = settings;
  }

  /**
   * @param tensor float32, of any shape
   * @returns the same on the device, to be freed by the caller
   */
  async upload(tensor: Tensor): Promise<Tensor> {
    const rank = tensor.dims.length;
    const opening = this.#sessions.get(rank) ?? this.#open(rank);
    this.#sessions.set(rank, opening);
    const session = await opening;
    return (await session.run({ given: tensor })).tensor("kept");
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of await Promise.all(sessions)) await session.release();
  }

  async #open(rank: number): Promise<OnnxSession> {
    const dims = Array.from({ length: rank }, (_, axis) => `axis_${axis}`);
    const value = (name: string): OnnxValue => ({ name, elementType: "float32", dims });
    const node = { domain: "", operator: "Identity", name: "upload", attributes: {} };
    const bytes = encodeModel({
      irVersion: 8,
      producer: "parley",
      operatorSets: { "": 18 },
      metadata: {},
      graph: {
        name: "upload",
        initializers: [],
        nodes: [{ ...node, inputs: ["given"], outputs: ["kept"] }],
        inputs: [value("given")],
        outputs: [value("kept")],
      },
    });
    const model = { bytes, path: "upload.onnx", directory: "." };
    return await OnnxSession.open(model, {
      ...this.#settings,
      isHelper: true,
      keptOutputs: ["kept"],
    });
  }
}
