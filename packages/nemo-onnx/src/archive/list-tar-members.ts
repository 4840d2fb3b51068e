import { ModelError } from "../errors";
import { readBytes, readWhole, sourcePart, type ByteSource } from "./byte-source";
import { memberPath } from "./member-path";
import { parsePaxRecords, type PaxOverrides } from "./parse-pax-records";
import { parseTarHeader, parseText, tarBlock, type TarHeader } from "./tar-header";

/** Real checkpoints have a dozen. */
const mostHeaders = 10_000;
/** Bytes of pax records or of a GNU long name. */
const largestExtension = 2 ** 20;

/**
 * Lists the files in an uncompressed tar archive, in its order, each as a source of its own. Only
 * headers are read.
 *
 * @throws ModelError `malformed` when it is no tar or a member does not lie within it, `refused`
 *   for links, devices, sparse and duplicate members and paths that escape
 */
export async function listTarMembers(tar: ByteSource): Promise<ReadonlyMap<string, ByteSource>> {
  const members = new Map<string, ByteSource>();
  let overrides: PaxOverrides = {};
  let position = 0;
  for (let count = 0; position < tar.size; count += 1) {
    const where = `${tar.name} at ${position}`;
    if (count === mostHeaders) throw new ModelError("refused", `${where}: too many tar members`);
    const header = parseTarHeader(await readBytes(tar, position, tarBlock), where);
    if (header === undefined) break;
    const member: TarHeader = { ...header, ...(isExtension(header) ? {} : overrides) };
    const content = sourcePart(tar, {
      name: member.path,
      offset: position + tarBlock,
      size: member.size,
    });
    if (isExtension(header)) {
      overrides = { ...overrides, ...(await readExtension(header, content, where)) };
    } else {
      overrides = {};
      addMember(members, member, content, tar.name);
    }
    position += tarBlock + Math.ceil(member.size / tarBlock) * tarBlock;
  }
  return members;
}

/** Headers that speak about the next one. */
function isExtension({ type }: TarHeader): boolean {
  return type === "x" || type === "g" || type === "L";
}

async function readExtension(
  header: TarHeader,
  content: ByteSource,
  where: string,
): Promise<PaxOverrides> {
  const bytes = await readWhole(content, largestExtension);
  if (header.type === "L") return { path: parseText(bytes, 0, bytes.length) };
  const records = parsePaxRecords(bytes, where);
  if (header.type === "x") return records;
  if (Object.keys(records).length > 0) {
    throw new ModelError("refused", `${where}: path or size for all members at once`);
  }
  return {};
}

function addMember(
  members: Map<string, ByteSource>,
  { type, path }: TarHeader,
  content: ByteSource,
  archive: string,
): void {
  const name = memberPath(archive, path);
  if (type === "5") return;
  if (type !== "0") {
    throw new ModelError("refused", `${archive}: ${path} is no plain file (tar type ${type})`);
  }
  if (name === "" || members.has(name)) {
    throw new ModelError("refused", `${archive}: duplicate or nameless member ${path}`);
  }
  members.set(name, content);
}
