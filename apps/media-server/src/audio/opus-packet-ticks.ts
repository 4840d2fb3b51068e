/** Opus' longest packet, 120 ms, in ticks of the 48 kHz RTP clock. */
const longestTicks = 5_760;

const silkTicks = [480, 960, 1_920, 2_880];
const hybridTicks = [480, 960];
const celtTicks = [120, 240, 480, 960];

function frameTicks(configuration: number): number {
  if (configuration < 12) return silkTicks[configuration & 3] ?? 0;
  if (configuration < 16) return hybridTicks[configuration & 1] ?? 0;
  return celtTicks[configuration & 3] ?? 0;
}

/**
 * Duration of an Opus packet in ticks of 1/48 000 s, read from its TOC byte and frame count
 * (RFC 6716, section 3.1 and 3.2).
 *
 * @returns null when the bytes cannot be an Opus packet.
 */
export function opusPacketTicks(packet: Uint8Array): number | null {
  const contents = packet[0];
  if (contents === undefined) return null;
  const each = frameTicks(contents >> 3);
  const code = contents & 3;
  if (code === 0) return each;
  if (code !== 3) return each * 2;
  const count = (packet[1] ?? 0) & 63;
  const ticks = each * count;
  return ticks === 0 || ticks > longestTicks ? null : ticks;
}
