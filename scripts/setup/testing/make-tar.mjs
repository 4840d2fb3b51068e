/**
 * Writes a tar archive, for tests.
 *
 * @param {{ name: string, content: Buffer, kind?: string }[]} files
 * @returns {Buffer}
 */
export function makeTar(files) {
  const blocks = files.flatMap(({ name, content, kind = "0" }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000755\0", 100);
    header.write(content.length.toString(8).padStart(11, "0"), 124);
    header.write(kind, 156);
    header.write("        ", 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
