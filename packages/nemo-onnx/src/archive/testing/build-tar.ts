/** A member to write, valid or deliberately wrong. */
export type TarMemberSpec = {
  path: string;
  content?: Uint8Array | string;
  /** Type flag; "0", a regular file, by default. */
  type?: string;
  /** Raw content of the size field, in place of the true size in octal. */
  sizeField?: Uint8Array | string;
  /** Written in place of the true checksum. */
  checksum?: number;
};

const block = 512;

/** Builds a ustar archive. */
export function buildTar(members: readonly TarMemberSpec[]): Buffer {
  return Buffer.concat([...members.map(buildMember), Buffer.alloc(2 * block)]);
}

/** A record of a pax header. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const digits = String(rest.length + 2);
  return `${digits.length === 2 ? digits : String(rest.length + digits.length)}${rest}`;
}

function buildMember(member: TarMemberSpec): Buffer {
  const content = Buffer.from(member.content ?? "");
  const header = Buffer.alloc(block);
  header.write(member.path, 0, 100);
  header.write("0000644\0", 100);
  const size = member.sizeField ?? octal(content.length, 11);
  header.set(Buffer.from(size), 124);
  header.write("        ", 148);
  header.write(member.type ?? "0", 156);
  header.write("ustar\x0000", 257);
  const sum = member.checksum ?? header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  const padding = (block - (content.length % block)) % block;
  return Buffer.concat([header, content, Buffer.alloc(padding)]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
