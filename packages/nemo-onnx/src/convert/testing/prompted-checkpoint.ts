import type { Checkpoint } from "../../checkpoint/checkpoint";
import { withConfig, withTensors } from "./changed-checkpoint";
import { zeros, type Floats } from "../../onnx/testing/graph-session";

/** NeMo's `prompt_kernel`, the layers behind the encoder of a prompted model. */
export type PromptKernel = {
  first: { weight: Floats; bias: Floats };
  second: { weight: Floats; bias: Floats };
};

/** A prompt kernel with weights of order 0.1 that differ between languages. */
export function syntheticKernel(width: number, prompts: number): PromptKernel {
  return {
    first: { weight: wave([2 * width, width + prompts], 1), bias: wave([2 * width], 2) },
    second: { weight: wave([width, 2 * width], 3), bias: wave([width], 4) },
  };
}

/**
 * Makes a prompted checkpoint of one without a prompt, with further changes of its configuration.
 */
export function withPromptKernel(
  base: Checkpoint,
  { first, second }: PromptKernel,
  changes: Readonly<Record<string, unknown>>,
): Checkpoint {
  const target = "nemo.collections.asr.models.EncDecRNNTBPEModelWithPrompt";
  const checkpoint = withConfig(base, { target, ...changes });
  return withTensors(checkpoint, (tensors) => {
    for (const [name, { data, dims: shape }] of [
      ["prompt_kernel.0.weight", first.weight],
      ["prompt_kernel.0.bias", first.bias],
      ["prompt_kernel.2.weight", second.weight],
      ["prompt_kernel.2.bias", second.bias],
    ] as const) {
      const read = () => Promise.resolve(data);
      tensors.set(name, { name, elementType: "float32", shape, read });
    }
  });
}

/**
 * NeMo's computation of the prompt kernel: each frame concatenated with the one-hot vector of its
 * language, then two linear layers with a ReLU between them.
 *
 * @param frames [frames, width]
 */
export function promptedFrames(frames: Floats, language: number, kernel: PromptKernel): Floats {
  const { first, second } = kernel;
  const [count = 0, width = 0] = frames.dims;
  const prompts = (first.weight.dims[1] ?? 0) - width;
  const result = zeros([count, width]);
  for (let frame = 0; frame < count; frame++) {
    const oneHot = Array.from({ length: prompts }, (_, place) => (place === language ? 1 : 0));
    const input = [...frames.data.subarray(frame * width, (frame + 1) * width), ...oneHot];
    const hidden = linear(input, first).map((value) => Math.max(value, 0));
    result.data.set(linear(hidden, second), frame * width);
  }
  return result;
}

function linear(input: readonly number[], { weight, bias }: PromptKernel["first"]): number[] {
  return Array.from(bias.data, (start, row) =>
    input.reduce(
      (sum, value, column) => sum + value * (weight.data[row * input.length + column] ?? NaN),
      start,
    ),
  );
}

function wave(dims: readonly number[], seed: number): Floats {
  const result = zeros(dims);
  for (const index of result.data.keys()) {
    result.data[index] = 0.2 * Math.sin((index + 1) * (index + 7) * seed);
  }
  return result;
}
