import type { Checkpoint, CheckpointTensor } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { randomTensor } from "../../support/models/random-tensor";
import type { MagpieSizes } from "./magpie-sizes";
import { magpieStateDict } from "./magpie-state-dict";

/**
 * A Magpie checkpoint of any size whose weights are made up when they are read. It has no
 * tokenizers: it is to be given text ids.
 */
export function magpieCheckpoint(sizes: MagpieSizes): Checkpoint {
  const tensors = new Map(
    magpieStateDict(sizes).map(([name, shape]) => [name, randomTensor(name, shape)] as const),
  );
  for (const tensor of [
    single("_baked_embedding_T", sizes.contextFrames),
    single("_baked_embedding_D", sizes.width),
  ]) {
    tensors.set(tensor.name, tensor);
  }
  const config = configuration(sizes);
  return {
    file: "random weights",
    config,
    tensors,
    members: [],
    // Only the configuration is ever asked for, and JSON is YAML.
    readMember: () => Promise.resolve(Buffer.from(JSON.stringify(config))),
    close: () => Promise.resolve(),
  };
}

function single(name: string, value: number): CheckpointTensor {
  const read = () => Promise.resolve(Float32Array.of(value));
  return { name, elementType: "float32", shape: [], read };
}

function configuration(sizes: MagpieSizes): unknown {
  const { width, heads, positions, localTransformer } = sizes;
  const stack = {
    d_model: width,
    d_ffn: 4 * width,
    sa_n_heads: heads,
    is_causal: true,
    apply_norm_out: true,
    use_learnable_pos_emb: true,
    max_length_causal_mask: positions,
  };
  return {
    model_type: "decoder_ce",
    embedding_dim: width,
    frame_stacking_factor: sizes.frameStacking,
    local_transformer_type: "autoregressive",
    local_transformer_n_layers: localTransformer.layers,
    local_transformer_n_heads: localTransformer.heads,
    local_transformer_hidden_dim: localTransformer.width,
    encoder: { ...stack, n_layers: sizes.encoderLayers, kernel_size: 3 },
    decoder: {
      ...stack,
      n_layers: sizes.decoderLayers,
      kernel_size: 1,
      has_xattn: true,
      xa_d_memory: width,
      xa_n_heads: 1,
      xa_d_head: sizes.crossWidth,
    },
    inference_parameters: { temperature: 0.6 },
  };
}
