import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** What a question of DNS looks like up to its name, and codes of answers (RFC 1035). */
const headBytes = 12;
const responseFlags = 0x8580;
const nameError = 3;
const typeA = 1;
const classInternet = 1;
/** Names change only when containers start and end. */
const lifetimeSeconds = 1;

/** Names of containers, as an engine's own name server tells them: all addresses behind each. */
export class NameServer {
  readonly #socket: Socket;

  /** @param names addresses by name, in small letters; others do not exist */
  static async open(
    address: string,
    names: ReadonlyMap<string, readonly string[]>,
  ): Promise<NameServer> {
    const socket = createSocket("udp4");
    socket.on("message", (question, { port, address: asker }) => {
      if (question.length > headBytes) socket.send(answerTo(question, names), port, asker);
    });
    socket.bind(53, address);
    await once(socket, "listening");
    return new NameServer(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  close(): void {
    this.#socket.close();
  }
}

/** Answers the first question of a message; those for other records than A have no answers. */
export function answerTo(question: Buffer, names: ReadonlyMap<string, readonly string[]>): Buffer {
  const labels: string[] = [];
  let at = headBytes;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const asked = question.subarray(headBytes, at + 5);
  const known = names.get(labels.join(".").toLowerCase());
  const addresses = asked.readUInt16BE(asked.length - 4) === typeA ? (known ?? []) : [];
  const head = Buffer.alloc(headBytes);
  question.copy(head, 0, 0, 2);
  head.writeUInt16BE(responseFlags | (known === undefined ? nameError : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses.length, 6);
  return Buffer.concat([head, asked, ...addresses.map(addressRecord)]);
}

function addressRecord(address: string): Buffer {
  const record = Buffer.alloc(12);
  // A pointer to the question's name.
  record.writeUInt16BE(0xc000 | headBytes, 0);
  record.writeUInt16BE(typeA, 2);
  record.writeUInt16BE(classInternet, 4);
  record.writeUInt32BE(lifetimeSeconds, 6);
  record.writeUInt16BE(4, 10);
  return Buffer.concat([record, Buffer.from(address.split(".").map(Number))]);
}
