/** Packets of all microphones since the media thread began. */
export type MicrophonePackets = {
  received: number;
  /** Never came, or too late to be heard: concealed. */
  lost: number;
  /** Came after their turn. */
  late: number;
  /** Jumped in time and were not trusted. */
  suspect: number;
  /** No RTP, or no Opus in it. */
  malformed: number;
  undecodable: number;
};

export type MicrophoneStatistics = {
  /** Microphones that are tapped now. */
  open: number;
  packets: MicrophonePackets;
  /** Interarrival jitter (RFC 3550) of those that are tapped now; 0 without any. */
  meanJitterMs: number;
  maxJitterMs: number;
};

/** Frames that were dropped since the media thread began, by the queue. */
export type DroppedFrames = {
  /** Of microphones, while the link to inference was away. */
  microphone: number;
  /** Of replies that had ended. */
  lateReply: number;
  /** Of replies that were never announced. */
  unknownReply: number;
  outOfOrder: number;
  /** Of replies that grew too long. */
  overflow: number;
};

/** The media engine in numbers, for operators. */
export type MediaStatistics = {
  isReady: boolean;
  /** How late voices leave the media thread lately, in ms. */
  lagMs: number;
  /** Rooms whose media is open. */
  rooms: number;
  /** Calls of the Realtime API. */
  calls: number;
  microphones: MicrophoneStatistics;
  dropped: DroppedFrames;
};
