import { ModelError } from "../errors";
import { readBytes, readWhole, sourcePart, type ByteSource } from "./byte-source";
import { memberPath } from "./member-path";
import { parsePaxRecords, type PaxOverrides } from "./parse-pax-records";
import { parseTarHeader, parseText, tarBlock, type TarHeader } from "./tar-header";

/** Headers at most; real checkpoints have about a dozen members. */
const headerLimit = 10_000;
/** Bytes of pax records or of a GNU long name at most. */
const extensionLimitBytes = 2 ** 20;

/**
 * Lists the files of an uncompressed tar archive, in the archive's order, each as a byte source.
 * Only headers are read.
 *
 * @throws ModelError `malformed` when the file is not a tar archive or a member reaches beyond its
 *   end, `refused` for links, devices, sparse and duplicate members and paths that escape
 */
export async function listTarMembers(tar: ByteSource): Promise<ReadonlyMap<string, ByteSource>> {
  const members = new Map<string, ByteSource>();
  let overrides: PaxOverrides = {};
  let position = 0;
  for (let count = 0; position < tar.size; count += 1) {
    const where = `${tar.name} at ${position}`;
    if (count === headerLimit) throw new ModelError("refused", `${where}: too many tar members`);
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

/** True for headers that override fields of the next one. */
function isExtension({ type }: TarHeader): boolean {
  return type === "x" || type === "g" || type === "L";
}

async function readExtension(
  header: TarHeader,
  content: ByteSource,
  where: string,
): Promise<PaxOverrides> {
  const bytes = await readWhole(content, extensionLimitBytes);
  if (header.type === "L") return { path: parseText(bytes, 0, bytes.length) };
  const records = parsePaxRecords(bytes, where);
  if (header.type === "x") return records;
  if (Object.keys(records).length > 0) {
    throw new ModelError("refused", `${where}: a global pax header sets path or size`);
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
    throw new ModelError("refused", `${archive}: ${path} is not a regular file (tar type ${type})`);
  }
  if (name === "" || members.has(name)) {
    throw new ModelError("refused", `${archive}: duplicate or nameless member ${path}`);
  }
  members.set(name, content);
}
