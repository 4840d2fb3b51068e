/**
 * Smoke test of a mediasoup worker binary on this machine.
 *
 * Runs as a process of its own, because a broken binary may crash or hang:
 * `node scripts/setup/verify-worker.mjs <path of the binary>` ends with 0 when all is well.
 *
 * Besides starting a worker, a router and a WebRTC transport it sends a packet through two encrypted
 * pipe transports, so that a binary built against the system's SRTP library is tried where it differs.
 */
import { once } from "node:events";
import { createWorker } from "mediasoup";

const ADDRESS = "127.0.0.1";
/** @type {import("mediasoup").types.RouterRtpCodecCapability} */
const OPUS = { kind: "audio", mimeType: "audio/opus", clockRate: 48000, channels: 2 };
const PACKET_DEADLINE_MS = 5000;

/**
 * A minimal RTP packet: version 2, payload type 100, and one byte of content.
 *
 * @param {number} sequenceNumber
 * @param {number} ssrc
 * @returns {Buffer}
 */
function rtpPacket(sequenceNumber, ssrc) {
  const packet = Buffer.alloc(13);
  packet[0] = 0x80;
  packet[1] = 100;
  packet.writeUInt16BE(sequenceNumber, 2);
  packet.writeUInt32BE(sequenceNumber * 960, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet[12] = 0xf8;
  return packet;
}

/**
 * Sends packets from one router to the other over an encrypted connection and waits for one to arrive.
 *
 * @param {import('mediasoup').types.Router} sender
 * @param {import('mediasoup').types.Router} receiver
 */
async function exchangeEncryptedPacket(sender, receiver) {
  const ssrc = 1234;
  const source = await sender.createDirectTransport();
  const producer = await source.produce({
    kind: "audio",
    rtpParameters: {
      codecs: [{ mimeType: OPUS.mimeType, clockRate: 48000, channels: 2, payloadType: 100 }],
      encodings: [{ ssrc }],
    },
  });
  const { pipeProducer } = await sender.pipeToRouter({
    producerId: producer.id,
    router: receiver,
    enableSrtp: true,
    keepId: false,
    listenInfo: { protocol: "udp", ip: ADDRESS },
  });
  if (pipeProducer === undefined) throw new Error("the pipe between two routers has no producer");
  const destination = await receiver.createDirectTransport();
  const consumer = await destination.consume({
    producerId: pipeProducer.id,
    rtpCapabilities: receiver.rtpCapabilities,
  });
  const arrived = once(consumer, "rtp", { signal: AbortSignal.timeout(PACKET_DEADLINE_MS) });
  let sequenceNumber = 1;
  const sending = setInterval(() => producer.send(rtpPacket(sequenceNumber++, ssrc)), 20);
  await arrived.finally(() => clearInterval(sending));
}

/**
 * @param {string} workerBin Path of the binary.
 */
async function verifyWorker(workerBin) {
  const worker = await createWorker({ workerBin, logLevel: "warn" });
  const router = await worker.createRouter({ mediaCodecs: [OPUS] });
  const webRtcServer = await worker.createWebRtcServer({
    listenInfos: [
      { protocol: "udp", ip: ADDRESS },
      { protocol: "tcp", ip: ADDRESS },
    ],
  });
  await router.createWebRtcTransport({ webRtcServer, enableSctp: true });
  await exchangeEncryptedPacket(router, await worker.createRouter({ mediaCodecs: [OPUS] }));
  worker.close();
}

const workerBin = process.argv[2];
if (workerBin === undefined) {
  console.error(
    "Usage: node scripts/setup/verify-worker.mjs <path of the mediasoup-worker binary>",
  );
  process.exit(2);
}
await verifyWorker(workerBin);
