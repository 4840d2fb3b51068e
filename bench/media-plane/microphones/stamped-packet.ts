/** RTP packets of a microphone, each with the time at which it was sent. */

const fixedHeaderBytes = 12;
const stampBytes = 8;
const contributingSources = stampBytes / 4;

/** Any dynamic number will do. */
export const microphonePayloadType = 100;

/** 20 ms of the 48 kHz clock. */
export const ticksPerPacket = 960;

/**
 * Writes a packet without its stamp. The stamp goes where the contributing sources (CSRC) stand:
 * routers pass these on as they are, and readers of the payload skip them.
 */
export function stampablePacket(packet: {
  ssrc: number;
  sequence: number;
  payload: Uint8Array;
}): Buffer {
  const bytes = Buffer.alloc(fixedHeaderBytes + stampBytes + packet.payload.length);
  bytes.writeUInt8((2 << 6) | contributingSources, 0);
  bytes.writeUInt8(microphonePayloadType, 1);
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2);
  bytes.writeUInt32BE((packet.sequence * ticksPerPacket) >>> 0, 4);
  bytes.writeUInt32BE(packet.ssrc, 8);
  bytes.set(packet.payload, fixedHeaderBytes + stampBytes);
  return bytes;
}

export function stamp(packet: Buffer, atMs: number): void {
  packet.writeDoubleBE(atMs, fixedHeaderBytes);
}

/** @returns the time in ms, or null when the packet carries no stamp. */
export function readStamp(packet: Buffer): number | null {
  if (packet.length < fixedHeaderBytes + stampBytes) return null;
  if ((packet.readUInt8(0) & 0x0f) !== contributingSources) return null;
  return packet.readDoubleBE(fixedHeaderBytes);
}

export function readSequence(packet: Buffer): number {
  return packet.readUInt16BE(2);
}
