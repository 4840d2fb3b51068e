import { slotsOf, tokensOf, type MagpieSizes } from "./magpie-sizes";

type Named = readonly [name: string, shape: readonly number[]];

/** Names and shapes of the state dict of NeMo's `MagpieTTSModel`, without what converters skip. */
export function magpieStateDict(sizes: MagpieSizes): Named[] {
  const { width, positions, voices, contextFrames } = sizes;
  const slots = slotsOf(sizes);
  const tokens = tokensOf(sizes);
  return [
    ["text_embedding.weight", [sizes.textTokens, width]],
    ...times(slots, (slot): Named[] => [[`audio_embeddings.${slot}.weight`, [tokens, width]]]),
    ["baked_context_embedding.weight", [voices, contextFrames * width]],
    ["_baked_embedding_T", []],
    ["_baked_embedding_D", []],
    ["baked_context_embedding_len", [voices]],
    ...stack("encoder", { width, positions, layers: sizes.encoderLayers, kernel: 3 }),
    ["encoder.norm_out.weight", [width]],
    ...stack("decoder", { width, positions, layers: sizes.decoderLayers, kernel: 1 }),
    ...times(sizes.decoderLayers, (layer) => crossAttention(`decoder.layers.${layer}`, sizes)),
    ["decoder.norm_out.weight", [width]],
    ["final_proj.weight", [slots * tokens, width]],
    ["final_proj.bias", [slots * tokens]],
    ...localTransformer(sizes),
  ];
}

function localTransformer(sizes: MagpieSizes): Named[] {
  const { width: outerWidth, localTransformer: local } = sizes;
  const slots = slotsOf(sizes);
  const { layers, width } = local;
  return [
    ...(width === outerWidth
      ? []
      : ([
          ["local_transformer_in_projection.weight", [width, outerWidth]],
          ["local_transformer_in_projection.bias", [width]],
        ] satisfies Named[])),
    ...stack("local_transformer", { width, layers, positions: slots + 2, kernel: 1 }),
    ...times(slots, (slot): Named[] => [
      [`local_transformer_out_projections.${slot}.weight`, [tokensOf(sizes), width]],
      [`local_transformer_out_projections.${slot}.bias`, [tokensOf(sizes)]],
    ]),
  ];
}

function stack(
  name: string,
  shape: { layers: number; width: number; positions: number; kernel: number },
): Named[] {
  const { layers, width, positions, kernel } = shape;
  return [
    [`${name}.position_embeddings.weight`, [positions, width]],
    ...times(layers, (index): Named[] => {
      const layer = `${name}.layers.${index}`;
      return [
        [`${layer}.norm_self.weight`, [width]],
        [`${layer}.norm_pos_ff.weight`, [width]],
        [`${layer}.self_attention.qkv_net.weight`, [3 * width, width]],
        [`${layer}.self_attention.o_net.weight`, [width, width]],
        [`${layer}.pos_ff.proj.conv.weight`, [4 * width, width, kernel]],
        [`${layer}.pos_ff.o_net.conv.weight`, [width, 4 * width, kernel]],
      ];
    }),
  ];
}

function crossAttention(layer: string, { width, crossWidth }: MagpieSizes): Named[] {
  return [
    [`${layer}.norm_xattn_query.weight`, [width]],
    [`${layer}.norm_xattn_memory.weight`, [width]],
    [`${layer}.cross_attention.q_net.weight`, [crossWidth, width]],
    [`${layer}.cross_attention.kv_net.weight`, [2 * crossWidth, width]],
    [`${layer}.cross_attention.o_net.weight`, [width, crossWidth]],
  ];
}

function times(count: number, make: (index: number) => Named[]): Named[] {
  return Array.from({ length: count }, (_, index) => make(index)).flat();
}
