import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { patchDimension } from "@parley/nemo-onnx/onnx/patch-dimension";
import { patchDropExtra } from "@parley/nemo-onnx/onnx/patch-drop-extra";
import { OnnxSession, type OnnxSettings } from "../../runtime/onnx-session";
import type {
  DecoderShape,
  OfflineEncoder,
  StreamingEncoder,
  TransducerDecoder,
} from "./asr-model";
import type { EncoderInterface } from "./encoder-interface";
import { FusedDecoder } from "./fused-decoder";
import type { DecoderGraphs, EncoderGraph } from "./model-graphs";
import { OfflineGraphEncoder } from "./offline-graph-encoder";
import { rebuiltEncoder } from "./rebuilt-encoder";
import { SplitDecoder } from "./split-decoder";
import { StreamingGraphEncoder } from "./streaming-graph-encoder";
import type { StreamingSizes } from "./streaming-sizes";

const emptyFrames = "sixteen empty frames go before the sound";

/** Opens a model's graphs, and frees them together. */
export class GraphOpener {
  readonly #settings: OnnxSettings;
  readonly #sessions: OnnxSession[] = [];
  readonly #remarks: string[] = [];

  constructor(settings: OnnxSettings) {
    this.#settings = settings;
  }

  /** Notes on graphs that could not be patched. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  /** @param sizes null for an offline encoder */
  async openEncoder(
    { path, graph }: EncoderGraph,
    { sizes, width, mels }: { sizes: StreamingSizes | null; width: number; mels: number },
  ): Promise<StreamingEncoder | OfflineEncoder> {
    if (graph.caches === null || sizes === null) {
      return new OfflineGraphEncoder(await this.#open(path), { graph, width, mels });
    }
    const opened = await this.#openStreaming(path, graph, { sizes, mels });
    const caches = opened.graph.caches ?? graph.caches;
    const channelRows = caches.channelRows ?? sizes.shape.channelRows;
    const channelWidth = caches.channelWidth ?? sizes.shape.channelWidth;
    return new StreamingGraphEncoder(opened.session, {
      graph: { ...opened.graph, caches },
      mels,
      rightContexts: sizes.rightContexts,
      shape: { ...sizes.shape, channelRows, channelWidth },
    });
  }

  async openDecoder(graphs: DecoderGraphs, shape: DecoderShape): Promise<TransducerDecoder> {
    if (graphs.type === "fused") {
      const session = await this.#openPredictor(graphs.path, graphs);
      return new FusedDecoder(session, graphs, shape);
    }
    const decoder = await this.#openPredictor(graphs.decoderPath, graphs);
    const joiner = await this.#open(graphs.joinerPath);
    return new SplitDecoder({ decoder, joiner }, graphs, shape);
  }

  /** Frees every graph. Idempotent. */
  async close(): Promise<void> {
    for (const session of this.#sessions.splice(0)) await session.release();
  }

  /**
   * NeMo's export is rebuilt, to be faster. Any other graph that drops two frames of every chunk is
   * patched with an input for their number.
   */
  async #openStreaming(
    path: string,
    graph: EncoderInterface,
    { sizes, mels }: { sizes: StreamingSizes; mels: number },
  ): Promise<{ session: OnnxSession; graph: EncoderInterface }> {
    const { signal, length, dropExtra, fixedFrames } = graph;
    if (dropExtra !== null) return { session: await this.#open(path), graph };
    const file = basename(path);
    if (fixedFrames === null) {
      const bytes = await readFile(path);
      const patched = patchDropExtra(bytes, { file, signal, length });
      const rebuilt =
        patched === null ? null : await rebuiltEncoder(bytes, graph, { file, mels, sizes });
      if (rebuilt !== null) {
        return { session: await this.#openBytes(path, rebuilt.bytes), graph: rebuilt.graph };
      }
      if (patched !== null) {
        const session = await this.#openBytes(path, patched);
        return { session, graph: { ...graph, dropExtra: "drop_extra" } };
      }
    }
    this.#remarks.push(
      fixedFrames === null
        ? `${file} drops frames of the first chunk in an unknown way: ${emptyFrames}`
        : `${file} takes ${fixedFrames} frames, and the first chunk has fewer: ${emptyFrames}`,
    );
    return { session: await this.#open(path), graph };
  }

  async #openPredictor(
    path: string,
    { predictor }: Pick<DecoderGraphs, "predictor">,
  ): Promise<OnnxSession> {
    if (predictor.fixedBatchAxis === null) return this.#open(path);
    return this.#openBytes(path, patchDimension(await readFile(path), predictor.fixedBatchAxis));
  }

  #openBytes(path: string, bytes: Uint8Array): Promise<OnnxSession> {
    return this.#open({ path, bytes, directory: dirname(path) });
  }

  async #open(model: Parameters<typeof OnnxSession.open>[0]): Promise<OnnxSession> {
    const session = await OnnxSession.open(model, this.#settings);
    this.#sessions.push(session);
    return session;
  }
}
