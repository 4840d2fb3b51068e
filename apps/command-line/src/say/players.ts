/** How a program takes sound. */
export type Player = {
  /** Its program's name too. */
  name: string;
  platforms: readonly NodeJS.Platform[];
  /** What it reads at its standard input, or that it wants a file, by the name behind the rest. */
  takes: "samples" | "wave" | "file";
  /** @param sampleRate of 16-bit little-endian mono samples */
  arguments: (sampleRate: number) => readonly string[];
};

const linux: readonly NodeJS.Platform[] = ["linux"];
const everywhere: readonly NodeJS.Platform[] = ["linux", "darwin", "win32"];

/** In the order in which they are tried: those that mix with what else is heard come first. */
export const players: readonly Player[] = [
  {
    name: "paplay",
    platforms: linux,
    takes: "samples",
    arguments: (rate) => ["--raw", "--format=s16le", `--rate=${rate}`, "--channels=1"],
  },
  {
    name: "pw-play",
    platforms: linux,
    takes: "samples",
    arguments: (rate) => ["--rate", String(rate), "--channels", "1", "--format", "s16", "-"],
  },
  {
    name: "aplay",
    platforms: linux,
    takes: "samples",
    arguments: (rate) => ["-q", "-t", "raw", "-f", "S16_LE", "-r", String(rate), "-c", "1"],
  },
  {
    // SoX.
    name: "play",
    platforms: ["linux", "darwin"],
    takes: "samples",
    arguments: (rate) => [
      ...["-q", "-t", "raw", "-r", String(rate), "-c", "1"],
      ...["-b", "16", "-e", "signed-integer", "-"],
    ],
  },
  {
    name: "ffplay",
    platforms: everywhere,
    takes: "wave",
    arguments: () => ["-hide_banner", "-loglevel", "error", "-nodisp", "-autoexit", "-i", "pipe:0"],
  },
  {
    name: "afplay",
    platforms: ["darwin"],
    takes: "file",
    arguments: () => [],
  },
];
