/** A program that plays sound. */
export type Player = {
  /** Also the program's name. */
  name: string;
  platforms: readonly NodeJS.Platform[];
  /** Input: samples or a WAVE stream on standard input, or a file as the last argument. */
  takes: "samples" | "wave" | "file";
  /** @param sampleRate Hz of the 16-bit little-endian mono samples */
  arguments: (sampleRate: number) => readonly string[];
};

const linux: readonly NodeJS.Platform[] = ["linux"];
const everywhere: readonly NodeJS.Platform[] = ["linux", "darwin", "win32"];

/** Players in order of preference: those that mix with other programs' sound come first. */
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
