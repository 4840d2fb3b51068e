import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { patchDimension } from "@parley/nemo-onnx/onnx/patch-dimension";
import { patchDropExtra } from "@parley/nemo-onnx/onnx/patch-drop-extra";
import { DeviceUploads } from "../../runtime/device/device-uploads";
import { RowGraphs } from "../../runtime/device/row-graphs";
import type { OnnxBytes } from "../../runtime/onnx-bytes";
import { OnnxSession, type OnnxSettings } from "../../runtime/onnx-session";
import { sizeOnDisk } from "../../runtime/size-on-disk";
import type {
  DecoderShape,
  OfflineEncoder,
  StreamingEncoder,
  StreamingShape,
  TransducerDecoder,
} from "./asr-model";
import type { EncoderInterface } from "./encoder-interface";
import { deviceGraph } from "./device-graph";
import { cacheBytes } from "./cache-bytes";
import { FusedDecoder } from "./fused-decoder";
import type { DecoderGraphs, EncoderGraph } from "./model-graphs";
import { OfflineGraphEncoder } from "./offline-graph-encoder";
import { rebuiltEncoder } from "./rebuilt-encoder";
import { SplitDecoder } from "./split-decoder";
import { StreamingGraphEncoder } from "./streaming-graph-encoder";
import type { StreamingSizes } from "./streaming-sizes";

/** Fewer than warming up takes are not worth a device. */
const leastStreams = 16;
const emptyFrames = "sixteen empty frames go before the sound";

/** Opens a model's graphs, and frees them together. */
export class GraphOpener {
  readonly #settings: OnnxSettings;
  readonly #decoderSettings: OnnxSettings;
  readonly #sessions: OnnxSession[] = [];
  readonly #helpers: (RowGraphs | DeviceUploads)[] = [];
  readonly #remarks: string[] = [];

  constructor(settings: OnnxSettings, decoderSettings: OnnxSettings) {
    this.#settings = settings;
    this.#decoderSettings = decoderSettings;
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
    const shape = { ...sizes.shape, channelRows, channelWidth };
    return new StreamingGraphEncoder(opened.session, {
      graph: { ...opened.graph, caches },
      mels,
      rightContexts: sizes.rightContexts,
      shape,
      device: opened.session.keepsOutputs ? this.#deviceOf(shape) : null,
    });
  }

  async openDecoder(graphs: DecoderGraphs, shape: DecoderShape): Promise<TransducerDecoder> {
    if (graphs.type === "fused") {
      const session = await this.#openPredictor(graphs.path, graphs);
      return new FusedDecoder(session, graphs, shape);
    }
    const decoder = await this.#openPredictor(graphs.decoderPath, graphs);
    const joiner = await this.#open(graphs.joinerPath, [], this.#decoderSettings);
    return new SplitDecoder({ decoder, joiner }, graphs, shape);
  }

  /** Frees every graph. Idempotent. */
  async close(): Promise<void> {
    for (const helper of this.#helpers.splice(0)) await helper.close();
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
    if (dropExtra !== null) return await this.#openKeeping(path, graph, sizes);
    const file = basename(path);
    if (fixedFrames === null) {
      const bytes = await readFile(path);
      const patched = patchDropExtra(bytes, { file, signal, length });
      const rebuilt =
        patched === null ? null : await rebuiltEncoder(bytes, graph, { file, mels, sizes });
      if (rebuilt !== null) {
        return await this.#openKeeping(bytesOf(path, rebuilt.bytes), rebuilt.graph, sizes);
      }
      if (patched !== null) {
        const withInput = { ...graph, dropExtra: "drop_extra" };
        return await this.#openKeeping(bytesOf(path, patched), withInput, sizes);
      }
    }
    this.#remarks.push(
      fixedFrames === null
        ? `${file} drops frames of the first chunk in an unknown way: ${emptyFrames}`
        : `${file} takes ${fixedFrames} frames, and the first chunk has fewer: ${emptyFrames}`,
    );
    return await this.#openKeeping(path, graph, sizes);
  }

  /** Opens a streaming encoder; where the device can keep tensors, its caches stay there. */
  async #openKeeping(
    model: string | OnnxBytes,
    graph: EncoderInterface,
    sizes: StreamingSizes,
  ): Promise<{ session: OnnxSession; graph: EncoderInterface }> {
    // The decoder was opened before, and with it was found what the model runs on.
    if (this.#settings.providers?.inUse !== "webgpu" || graph.caches === null) {
      return { session: await this.#open(model), graph };
    }
    const { leftContext } = sizes.shape;
    const free = this.#settings.providers.freeBytes - (await sizeOnDisk(model));
    if (free < leastStreams * cacheBytes(sizes.shape)) {
      // Weights that are over the limit themselves have a remark of their own.
      if (free >= 0) {
        this.#remarks.push("webgpu computes without keeping caches: the limit leaves them no room");
      }
      return { session: await this.#open(model), graph };
    }
    const kept = await deviceGraph(model, { ...graph, caches: graph.caches }, leftContext);
    const { nextLastChannel, nextLastTime } = kept.graph.caches;
    const session = await this.#open(kept.model, [nextLastChannel, nextLastTime]);
    return { session, graph: kept.graph };
  }

  #deviceOf(shape: StreamingShape): {
    rows: RowGraphs;
    uploads: DeviceUploads;
    freeBytes: number;
  } {
    const { channelRows, leftContext, channelWidth } = shape;
    const { layers, width, convolutionContext } = shape;
    const parts = [
      { name: "channel", dims: [channelRows, leftContext, channelWidth] },
      { name: "time", dims: [layers, width, convolutionContext] },
    ];
    const rows = new RowGraphs(parts, this.#settings);
    const uploads = new DeviceUploads(this.#settings);
    this.#helpers.push(rows, uploads);
    return { rows, uploads, freeBytes: this.#settings.providers?.freeBytes ?? Infinity };
  }

  async #openPredictor(
    path: string,
    { predictor }: Pick<DecoderGraphs, "predictor">,
  ): Promise<OnnxSession> {
    const settings = this.#decoderSettings;
    if (predictor.fixedBatchAxis === null) return this.#open(path, [], settings);
    const bytes = patchDimension(await readFile(path), predictor.fixedBatchAxis);
    return this.#open(bytesOf(path, bytes), [], settings);
  }

  async #open(
    model: string | OnnxBytes,
    keptOutputs: readonly string[] = [],
    settings = this.#settings,
  ): Promise<OnnxSession> {
    const session = await OnnxSession.open(model, { ...settings, keptOutputs });
    this.#sessions.push(session);
    return session;
  }
}

function bytesOf(path: string, bytes: Uint8Array): OnnxBytes {
  return { path, bytes, directory: dirname(path) };
}
