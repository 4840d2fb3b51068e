import type { types } from "mediasoup";
import { systemClock } from "@parley/shared/async/clock";
import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { silentLog } from "@parley/media-server/contracts/log";
import { CodedWarnings } from "@parley/media-server/logging/coded-warnings";
import { MediaRoom } from "@parley/media-server/media/sfu/media-room";
import { MediaWorkerPool } from "@parley/media-server/media/sfu/media-worker-pool";
import {
  defaultTapSettings,
  type TapFrame,
} from "@parley/media-server/media/microphone/microphone-tap";
import { TapRegister } from "@parley/media-server/media/microphone/tap-register";
import { findWorkerBin } from "@parley/media-server/testing/find-worker-bin";
import type { MicrophoneAddress } from "./sender.process";
import { microphonePayloadType } from "./stamped-packet";

/** A room of the product with access to its router, for the bench's own transports. */
export type FieldRoom = { room: MediaRoom; router: types.Router };

export type FieldHandlers = {
  onFrame(memberId: MemberId, frame: TapFrame): void;
  /** Sees each packet that a consumer of this room takes, just before the tap does. */
  onPacket?(producerId: string, packet: Buffer): void;
};

/** One microphone that sends plain RTP over loopback instead of SRTP from a browser. */
export type FieldMicrophone = MicrophoneAddress & { memberId: MemberId; producerId: string };

/** A mediasoup worker, rooms of the product on it, and microphones that send plain RTP to them. */
export class MicrophoneField {
  readonly #pool: MediaWorkerPool;
  #rooms = 0;
  #microphones = 0;

  private constructor(pool: MediaWorkerPool) {
    this.#pool = pool;
  }

  static async open(): Promise<MicrophoneField> {
    const pool = new MediaWorkerPool(
      {
        port: 0,
        listenIps: ["127.0.0.1"],
        announcedAddresses: [],
        workers: 1,
        workerBin: findWorkerBin(),
      },
      systemClock,
      silentLog,
    );
    await pool.start();
    return new MicrophoneField(pool);
  }

  /** CPU of the worker process since it began, in ms. */
  async workerCpuMs(): Promise<number> {
    const usage = await this.#pool.take().worker.getResourceUsage();
    return usage.ru_utime + usage.ru_stime;
  }

  async openRoom({ onFrame, onPacket }: FieldHandlers): Promise<FieldRoom> {
    const mediaWorker = this.#pool.take();
    const routers: types.Router[] = [];
    const keep = (router: types.Router) => {
      routers.push(router);
      // Listeners are called in the order they came: this one before the tap's own.
      router.observer.on("newtransport", (transport) => {
        transport.observer.on("newconsumer", (consumer) => {
          if (onPacket === undefined) return;
          consumer.on("rtp", (packet) => {
            onPacket(consumer.producerId, packet);
          });
        });
      });
    };
    mediaWorker.worker.observer.on("newrouter", keep);
    this.#rooms += 1;
    const room = await MediaRoom.open(
      this.#rooms,
      mediaWorker,
      {
        clock: systemClock,
        tap: defaultTapSettings,
        taps: new TapRegister(),
        warnings: new CodedWarnings(silentLog, systemClock),
      },
      { onFrame, onMemberEvent: () => undefined, onProducerClosed: () => undefined },
    );
    mediaWorker.worker.observer.off("newrouter", keep);
    const [router] = routers;
    if (router === undefined) throw new Error("the room opened no router");
    return { room, router };
  }

  async addMicrophone({ router }: FieldRoom): Promise<FieldMicrophone> {
    const transport = await router.createPlainTransport({
      listenInfo: { protocol: "udp", ip: "127.0.0.1" },
      comedia: true,
      rtcpMux: true,
    });
    this.#microphones += 1;
    const ssrc = 10_000 + this.#microphones;
    const producer = await transport.produce({
      kind: "audio",
      rtpParameters: {
        codecs: [
          {
            mimeType: "audio/opus",
            payloadType: microphonePayloadType,
            clockRate: 48_000,
            channels: 2,
            parameters: { useinbandfec: 1 },
          },
        ],
        encodings: [{ ssrc }],
      },
    });
    return {
      port: transport.tuple.localPort,
      ssrc,
      memberId: newId<MemberId>(),
      producerId: producer.id,
    };
  }

  close(): void {
    this.#pool.close();
  }
}
