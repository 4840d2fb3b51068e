import type { Device, types } from "mediasoup-client";
import { mediaRoutes, type MediaRoute } from "./media-route";
import type { SignallingClient } from "../signalling/signalling-client";

/** Creates one transport at both ends; it negotiates over signalling, and leads along these routes. */
export async function createTransport(options: {
  device: Device;
  direction: "send" | "receive";
  iceServers: RTCIceServer[];
  iceTransportPolicy: RTCIceTransportPolicy;
  signalling: SignallingClient;
  signal: AbortSignal;
}): Promise<{ transport: types.Transport; routes: MediaRoute[] }> {
  const { device, direction, iceServers, iceTransportPolicy, signalling, signal } = options;
  const answer = await signalling.request("transport-create", { direction }, { signal });
  // Structures of mediasoup at both ends; nothing in between looks inside.
  const transportOptions = {
    id: answer.transportId,
    iceParameters: answer.iceParameters,
    iceCandidates: answer.iceCandidates,
    dtlsParameters: answer.dtlsParameters,
    sctpParameters: answer.sctpParameters,
    iceServers,
    iceTransportPolicy,
  } as unknown as types.TransportOptions;
  const transport =
    direction === "send"
      ? device.createSendTransport(transportOptions)
      : device.createRecvTransport(transportOptions);
  const transportId = transport.id;

  transport.on("connect", ({ dtlsParameters }, resolve, reject) => {
    signalling
      .request("transport-connect", { transportId, dtlsParameters: { ...dtlsParameters } })
      .then(() => {
        resolve();
      }, reject);
  });
  transport.on("produce", ({ rtpParameters }, resolve, reject) => {
    signalling
      .request("media-produce", { transportId, rtpParameters: { ...rtpParameters } })
      .then(({ producerId }) => {
        resolve({ id: producerId });
      }, reject);
  });
  transport.on("producedata", ({ sctpStreamParameters }, resolve, reject) => {
    const stream = { ...sctpStreamParameters };
    signalling
      .request("data-produce", { transportId, sctpStreamParameters: stream })
      .then(({ dataProducerId }) => {
        resolve({ id: dataProducerId });
      }, reject);
  });
  return { transport, routes: mediaRoutes(answer.iceCandidates) };
}
