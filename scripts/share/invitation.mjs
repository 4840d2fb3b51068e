/**
 * What the terminal says to whoever shares Parley: where others come in, as a QR code too, and what
 * they will meet.
 *
 * @param {Pick<import("./share.mjs").Shared, "addresses" | "fingerprint" | "mediaPort">} shared
 * @param {number} port
 * @param {boolean} [isTerminal]
 * @returns {Promise<string>}
 */
export async function invitation(
  { addresses, fingerprint, mediaPort },
  port,
  isTerminal = process.stdout.isTTY,
) {
  const { renderUnicodeCompact } = await import("uqr");
  const [first = "", ...others] = addresses;
  const code = renderUnicodeCompact(first, { border: 2 });
  // White on black, whatever the terminal's colours: scanners want the ground to be light.
  const paint = (/** @type {string} */ line) => (isTerminal ? `\x1b[97;40m${line}\x1b[0m` : line);
  const media = mediaPort === "0" ? "the media ports (set MEDIA_PORT)" : mediaPort;
  const lines = [
    `Others in this network come in at ${first}`,
    ...others.map((address) => `                                or ${address}`),
    "",
    ...code.split("\n").map((line) => `  ${paint(line)}`),
    "",
    ...(fingerprint === null
      ? []
      : [
          "The certificate was made by this machine, so each browser warns once: choose Advanced,",
          "then go on. Its SHA-256 fingerprint, to compare:",
          ...halves(fingerprint).map((half) => `  ${half}`),
          "",
        ]),
    `Nobody outside of this network gets in. A firewall here must let in TCP ${port}, and`,
    `TCP and UDP ${media}.`,
  ];
  return lines.join("\n");
}

/** @param {string} fingerprint */
function halves(fingerprint) {
  const middle = Math.ceil(fingerprint.length / 2);
  return [fingerprint.slice(0, middle), fingerprint.slice(middle)];
}
