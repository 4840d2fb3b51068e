import { randomUUID } from "node:crypto";

export type Form = {
  fields: readonly (readonly [name: string, value: string])[];
  file: { name: string; bytes: AsyncIterable<Uint8Array> };
};

/** Encodes a form as multipart/form-data (RFC 7578); its file, the last part, is streamed. */
export function encodeForm({ fields, file }: Form): {
  contentType: string;
  body: AsyncIterable<Uint8Array>;
} {
  const boundary = `parley-${randomUUID()}`;
  const disposition = (name: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  async function* body(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    for (const [name, value] of fields) {
      yield encoder.encode(`${disposition(name)}\r\n\r\n${value}\r\n`);
    }
    const type = "Content-Type: application/octet-stream";
    const name = file.name.replaceAll(/["\r\n]/gu, "_");
    yield encoder.encode(`${disposition("file")}; filename="${name}"\r\n${type}\r\n\r\n`);
    yield* file.bytes;
    yield encoder.encode(`\r\n--${boundary}--\r\n`);
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: body() };
}
