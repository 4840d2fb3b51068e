import type { EncoderShape } from "../graphs/encoder-shape";
import type { TransducerSection } from "./transducer-schema";

type EncoderSection = TransducerSection["encoder"];

/**
 * Reads the `encoder` section.
 *
 * @param prompts length of the one-hot language vector; null for models without a prompt
 * @returns `problems`: fields that contradict each other
 */
export function readEncoderConfig(
  section: EncoderSection,
  prompts: number | null,
): {
  encoder: EncoderShape;
  problems: string[];
} {
  const problems: string[] = [];
  const { d_model: width, n_heads: heads, feat_out, conv_kernel_size: kernel } = section;
  if (width % 2 !== 0 || width % heads !== 0) {
    problems.push(`encoder.d_model is ${width}, which ${heads} heads do not divide evenly`);
  }
  if (feat_out > 0 && feat_out !== width) {
    problems.push(`encoder.feat_out is ${feat_out}; only d_model (${width}) is supported`);
  }
  const convolution = convolutionContext(section);
  if (convolution.before + 1 + convolution.after !== kernel) {
    const { before, after } = convolution;
    problems.push(`encoder.conv_context_size is ${before}, ${after} for a kernel of ${kernel}`);
  }
  const attention = attentionOf(section, problems);
  if (attention.type === "chunked" && (convolution.after > 0 || !section.causal_downsampling)) {
    problems.push(
      "encoder.att_context_style is chunked_limited, but the other layers are not all causal",
    );
  }
  const channels = section.subsampling_conv_channels;
  return {
    problems,
    encoder: {
      mels: section.feat_in,
      layers: section.n_layers,
      width,
      heads,
      feedForwardWidth: width * section.ff_expansion_factor,
      subsamplingChannels: channels === -1 ? width : channels,
      isSubsamplingCausal: section.causal_downsampling,
      hasBias: section.use_bias,
      isInputScaled: section.xscaling,
      convolution: { norm: section.conv_norm_type, ...convolution },
      attention,
      prompts,
    },
  };
}

function convolutionContext({
  conv_context_size: context,
  conv_kernel_size: kernel,
}: EncoderSection) {
  if (context === "causal") return { before: kernel - 1, after: 0 };
  if (Array.isArray(context)) return { before: context[0], after: context[1] };
  const half = Math.floor((kernel - 1) / 2);
  return { before: half, after: half };
}

function attentionOf(
  { att_context_size: contexts, att_context_style: style }: EncoderSection,
  problems: string[],
): EncoderShape["attention"] {
  const shown = `encoder.att_context_size is ${JSON.stringify(contexts)}`;
  if (style === "regular") {
    if (contexts.flat().some((frames) => frames !== -1)) {
      problems.push(`${shown}; with the regular style only unlimited context is supported`);
    }
    return { type: "full" };
  }
  const leftContext = contexts[0]?.[0] ?? -1;
  const areWholeChunks = contexts.every(
    ([left, right]) => left === leftContext && left > 0 && right >= 0 && left % (right + 1) === 0,
  );
  if (!areWholeChunks) {
    problems.push(`${shown}; chunked_limited needs one left context, of whole chunks`);
  }
  const rightContexts = [...new Set(contexts.map(([, right]) => right))].sort((a, b) => a - b);
  return { type: "chunked", leftContext, rightContexts };
}
