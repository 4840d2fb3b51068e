/**
 * Audio frame on the agent link, little-endian:
 *
 * ```
 *  0  u8   version (1)
 *  1  u8   kind: 1 microphone (id is a member's), 2 reply (id is a reply's)
 *  2  u8   length of the id, bytes
 *  3  u8   0
 *  4  u32  sequence, rising by one within the id
 *  8  u32  sample rate, Hz
 * 12  u32  0
 * 16  f64  microphone: Unix time in ms at which the audio reached the tap;
 *          reply: offset of the first sample in the reply, ms
 * 24  id, ASCII; padded with zeros to an even length
 *  …  i16  samples, mono
 * ```
 */
import { AppError } from "../errors";

export type LinkFrameKind = "microphone" | "reply";

export type LinkFrame = {
  kind: LinkFrameKind;
  /** A `MemberId` for microphones, a `ReplyId` for replies. */
  id: string;
  sequence: number;
  sampleRate: number;
  /** See the table above. */
  stampMs: number;
  samples: Int16Array;
};

const version = 1;
const headerBytes = 24;
/** Limit on a frame: one second at 48 kHz plus the header, far above any that is sent. */
export const maxLinkFrameBytes = 96_000 + 64;

const kindCodes = { microphone: 1, reply: 2 } as const;

/** @throws TypeError when the id is not 1 to 64 ASCII characters or the frame is too large. */
export function encodeLinkFrame(frame: LinkFrame): Uint8Array {
  const idLength = frame.id.length;
  if (idLength < 1 || idLength > 64) {
    throw new TypeError(`id of ${idLength} characters; 1 to 64 are allowed`);
  }
  const samplesAt = headerBytes + idLength + (idLength & 1);
  const bytes = new Uint8Array(samplesAt + frame.samples.length * 2);
  if (bytes.length > maxLinkFrameBytes) {
    throw new TypeError(`frame of ${bytes.length} bytes; at most ${maxLinkFrameBytes} are allowed`);
  }
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setUint8(1, kindCodes[frame.kind]);
  view.setUint8(2, idLength);
  view.setUint32(4, frame.sequence >>> 0, true);
  view.setUint32(8, frame.sampleRate, true);
  view.setFloat64(16, frame.stampMs, true);
  for (let index = 0; index < idLength; index++) {
    bytes[headerBytes + index] = frame.id.charCodeAt(index);
  }
  // Every platform that runs this is little-endian, so the samples can be copied whole.
  new Int16Array(bytes.buffer, samplesAt).set(frame.samples);
  return bytes;
}

/**
 * Reads one frame. The samples are a copy: the caller may reuse `bytes`.
 *
 * @throws AppError `frame-too-large`, `frame-malformed` or `audio-unsupported`, naming the invalid
 *   value.
 */
export function decodeLinkFrame(bytes: Uint8Array): LinkFrame {
  if (bytes.length > maxLinkFrameBytes) {
    throw new AppError("frame-too-large", `frame of ${bytes.length} bytes`);
  }
  if (bytes.length < headerBytes) {
    throw new AppError(
      "frame-malformed",
      `frame of ${bytes.length} bytes is shorter than a header`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== version) {
    throw new AppError("frame-malformed", `frame version ${view.getUint8(0)}`);
  }
  const kindCode = view.getUint8(1);
  const kind =
    kindCode === kindCodes.microphone
      ? "microphone"
      : kindCode === kindCodes.reply
        ? "reply"
        : null;
  if (kind === null) throw new AppError("frame-malformed", `frame kind ${kindCode}`);
  const idLength = view.getUint8(2);
  const samplesAt = headerBytes + idLength + (idLength & 1);
  if (idLength < 1 || idLength > 64 || samplesAt > bytes.length) {
    throw new AppError("frame-malformed", `id length ${idLength}`);
  }
  const sampleBytes = bytes.length - samplesAt;
  if (sampleBytes % 2 !== 0) {
    throw new AppError("frame-malformed", `odd number of sample bytes: ${sampleBytes}`);
  }
  const sampleRate = view.getUint32(8, true);
  if (sampleRate < 8_000 || sampleRate > 48_000) {
    throw new AppError("audio-unsupported", `sample rate ${sampleRate} Hz`);
  }
  const stampMs = view.getFloat64(16, true);
  if (!Number.isFinite(stampMs)) throw new AppError("frame-malformed", `stamp ${stampMs}`);
  let id = "";
  for (let index = 0; index < idLength; index++) {
    id += String.fromCharCode(bytes[headerBytes + index] ?? 0);
  }
  const samples = new Int16Array(sampleBytes / 2);
  new Uint8Array(samples.buffer).set(bytes.subarray(samplesAt));
  return { kind, id, sequence: view.getUint32(4, true), sampleRate, stampMs, samples };
}
