/** One RTP packet (RFC 3550), as far as audio needs it. */
export type RtpPacket = {
  payloadType: number;
  sequence: number;
  /** Ticks of the RTP clock: 48 000 a second for Opus at any sample rate. */
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
};

export type AudioLevelExtension = {
  /** Header extension id of `ssrc-audio-level`, as negotiated in the RTP parameters. */
  id: number;
  /** RFC 6464: 0 loudest, 127 silence. */
  level: number;
  hasVoice: boolean;
};

const fixedHeaderBytes = 12;
const oneByteExtensionProfile = 0xbede;

/**
 * Reads a packet; the payload is a view on `bytes`.
 *
 * @returns null when the bytes are not an RTP packet, or hold only padding.
 */
export function readRtpPacket(bytes: Uint8Array): RtpPacket | null {
  if (bytes.length < fixedHeaderBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(0);
  if (flags >> 6 !== 2) return null;
  let start = fixedHeaderBytes + (flags & 0x0f) * 4;
  if ((flags & 0x10) !== 0) {
    if (start + 4 > bytes.length) return null;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  const padding = (flags & 0x20) === 0 ? 0 : (bytes.at(-1) ?? 0);
  const end = bytes.length - padding;
  if (start >= end) return null;
  return {
    payloadType: view.getUint8(1) & 0x7f,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(start, end),
  };
}

/** Writes a packet with the audio level in a one-byte header extension (RFC 8285). */
export function writeRtpPacket(packet: RtpPacket, audioLevel: AudioLevelExtension): Buffer {
  const payloadAt = fixedHeaderBytes + 8;
  const bytes = Buffer.alloc(payloadAt + packet.payload.length);
  bytes.writeUInt8((2 << 6) | 0x10, 0);
  bytes.writeUInt8(packet.payloadType & 0x7f, 1);
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2);
  bytes.writeUInt32BE(packet.timestamp >>> 0, 4);
  bytes.writeUInt32BE(packet.ssrc >>> 0, 8);
  bytes.writeUInt16BE(oneByteExtensionProfile, 12);
  // Length in words of four bytes, then the id and the length less one of the only element.
  bytes.writeUInt16BE(1, 14);
  bytes.writeUInt8(audioLevel.id << 4, 16);
  bytes.writeUInt8((audioLevel.hasVoice ? 0x80 : 0) | (audioLevel.level & 0x7f), 17);
  bytes.set(packet.payload, payloadAt);
  return bytes;
}
