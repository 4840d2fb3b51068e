import type { MagpieInference } from "./magpie-manifest";
import type { MagpieSection } from "./magpie-schema";

/** Converts the configuration's `inference_parameters` to the names of the manifest. */
export function magpieInference({
  inference_parameters: section,
}: Pick<MagpieSection, "inference_parameters">): MagpieInference {
  return {
    maxDecoderSteps: section.max_decoder_steps,
    temperature: section.temperature,
    topK: section.topk,
    cfgScale: section.cfg_scale,
    minGeneratedFrames: section.min_generated_frames,
    applyAttentionPrior: section.apply_attention_prior,
    priorEpsilon: section.prior_epsilon ?? section.attention_prior_epsilon,
    lookahead: section.lookahead_window_size ?? section.attention_prior_lookahead_window,
    estimateLayers: section.estimate_alignment_from_layers ?? null,
    applyPriorToLayers: section.apply_prior_to_layers ?? null,
    startPriorAfter: section.start_prior_after_n_audio_steps,
    ignoreFinishedSentenceTracking: section.ignore_finished_sentence_tracking,
    eosDetection: section.eos_detection_method,
    argmaxTemperature: section.argmax_temperature,
    attentionSinkThreshold: section.attention_sink_threshold ?? null,
    historyLength: section.history_len_heuristic,
    priorWeightsInit: section.prior_weights_init,
    priorWeights: section.prior_weights,
    finishedLimitWithEnd: section.finished_limit_with_eot,
    finishedLimitWithoutEnd: section.finished_limit_without_eot,
    finishedLimitFirstChunk: section.finished_limit_first_chunk,
    forcedChunkEnd: section.forceful_chunk_end_threshold,
    shortSentenceThreshold: section.short_sentence_threshold,
    chunkSinkThreshold: section.chunked_attention_sink_threshold,
    nearEndThreshold: section.near_end_threshold,
  };
}
