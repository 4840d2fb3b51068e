import { createHash, createHmac, randomBytes } from "node:crypto";
import type { TurnCredentials } from "@parley/admission/turn-credentials";

/** A server's answer to a request for a relay. */
export type TurnAnswer = {
  isSuccess: boolean;
  /** Such as 401; null without one. */
  errorCode: number | null;
  realm: string | null;
  nonce: string | null;
};

/** Proof of who asks: long-term credentials (RFC 8489, 9.2). */
export type TurnProof = TurnCredentials & { realm: string; nonce: string };

/** Length of a message's head, in bytes. */
export const headBytes = 20;

const magicCookie = 0x2112a442;
const types = { request: 0x0003, success: 0x0103 };
const attributes = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
};
/** UDP's number among the protocols of IP: what is relayed. */
const relayedUdp = Buffer.from([17, 0, 0, 0]);
const integrityBytes = 24;

/**
 * A request for a relay: TURN's Allocate (RFC 8656).
 *
 * @param proof null for the first request, which the server refuses with its realm and nonce
 */
export function allocateRequest(proof: TurnProof | null): Buffer {
  const body = [attribute(attributes.requestedTransport, relayedUdp)];
  if (proof === null) return message(body);
  const { username, credential, realm, nonce } = proof;
  body.push(
    attribute(attributes.username, Buffer.from(username)),
    attribute(attributes.realm, Buffer.from(realm)),
    attribute(attributes.nonce, Buffer.from(nonce)),
  );
  const key = createHash("md5").update(`${username}:${realm}:${credential}`).digest();
  const signed = message(body, integrityBytes);
  const integrity = createHmac("sha1", key).update(signed).digest();
  return Buffer.concat([signed, attribute(attributes.integrity, integrity)]);
}

/** Bytes of a message that begins with this head. */
export function messageLength(head: Buffer): number {
  return headBytes + head.readUInt16BE(2);
}

/** @returns null for what is no message of STUN's */
export function readAnswer(bytes: Buffer): TurnAnswer | null {
  if (bytes.length < headBytes || bytes.readUInt32BE(4) !== magicCookie) return null;
  const found = new Map<number, Buffer>();
  let at = headBytes;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt16BE(at + 2);
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + padded(length);
  }
  const error = found.get(attributes.errorCode);
  const hasError = error !== undefined && error.length >= 4;
  return {
    isSuccess: bytes.readUInt16BE(0) === types.success,
    errorCode: hasError ? (error.readUInt8(2) & 7) * 100 + error.readUInt8(3) : null,
    realm: found.get(attributes.realm)?.toString("utf8") ?? null,
    nonce: found.get(attributes.nonce)?.toString("utf8") ?? null,
  };
}

/** @param further bytes that are to follow, which the head counts */
function message(body: readonly Buffer[], further = 0): Buffer {
  const content = Buffer.concat(body);
  const head = Buffer.alloc(headBytes);
  head.writeUInt16BE(types.request, 0);
  head.writeUInt16BE(content.length + further, 2);
  head.writeUInt32BE(magicCookie, 4);
  randomBytes(12).copy(head, 8);
  return Buffer.concat([head, content]);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc(padded(value.length) - value.length)]);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
