import { Counter, Gauge, type Registry } from "prom-client";

/** Every metric of the media server but those of its process. */
export type MediaMetrics = ReturnType<typeof mediaMetrics>;

/** Declares the metrics, with their meanings for operators. */
export function mediaMetrics(registry: Registry) {
  const registers = [registry];
  return {
    rooms: new Gauge({
      name: "parley_rooms",
      help: "Rooms that are open.",
      registers,
    }),
    calls: new Gauge({
      name: "parley_calls",
      help: "Calls of the Realtime API over WebRTC that are open.",
      registers,
    }),
    members: new Gauge({
      name: "parley_members",
      help: "People who have a seat in a room; a seat is held for a while after a lost connection.",
      registers,
    }),
    roomsOpened: new Counter({
      name: "parley_rooms_opened_total",
      help: "Rooms that were made, or opened again from the archive.",
      registers,
    }),
    joins: new Counter({
      name: "parley_joins_total",
      help: "Times that somebody took a new seat in a room.",
      registers,
    }),
    links: new Gauge({
      name: "parley_links",
      help: "Links to inference that are up, one for each room with an agent.",
      registers,
    }),
    linkLosses: new Counter({
      name: "parley_link_losses_total",
      help: "Links to inference that were lost.",
      registers,
    }),
    linkReconnects: new Counter({
      name: "parley_link_reconnects_total",
      help: "Links to inference that came back after a loss.",
      registers,
    }),
    roomMediaLosses: new Counter({
      name: "parley_room_media_losses_total",
      help: "Rooms whose media was lost because a mediasoup worker or the media thread died.",
      registers,
    }),
    isMediaReady: new Gauge({
      name: "parley_media_ready",
      help: "1 while rooms can be opened, else 0.",
      registers,
    }),
    mediaLag: new Gauge({
      name: "parley_media_lag_seconds",
      help: "How late voices leave the media thread: the lag of its event loop.",
      registers,
    }),
    microphones: new Gauge({
      name: "parley_microphones",
      help: "Microphones that are listened to.",
      registers,
    }),
    microphonePackets: new Counter({
      name: "parley_microphone_packets_total",
      help: "RTP packets of microphones that came, retransmitted ones among them.",
      registers,
    }),
    microphonePacketsLost: new Counter({
      name: "parley_microphone_packets_lost_total",
      help: "RTP packets of microphones that never came, after retransmission: their sound was concealed.",
      registers,
    }),
    microphonePacketsRefused: new Counter({
      name: "parley_microphone_packets_refused_total",
      help: "RTP packets of microphones that were of no use, by the reason.",
      labelNames: ["reason"] as const,
      registers,
    }),
    microphoneJitter: new Gauge({
      name: "parley_microphone_jitter_seconds",
      help: "Interarrival jitter (RFC 3550) of the microphones' packets: their mean, and the worst.",
      labelNames: ["of"] as const,
      registers,
    }),
    droppedFrames: new Counter({
      name: "parley_frames_dropped_total",
      help: "Frames of sound that queues dropped, by the reason.",
      labelNames: ["reason"] as const,
      registers,
    }),
    isStorageWritable: new Gauge({
      name: "parley_storage_writable",
      help: "1 while the disk takes transcripts, else 0.",
      registers,
    }),
  };
}
