import { UsageError } from "../failures";

/** Arguments and environment of a program. */
export type Invocation = { arguments: readonly string[]; environment?: NodeJS.ProcessEnv };

/** A program that records a microphone to its standard output. */
export type Recorder = {
  /** Also the program's name. */
  name: string;
  platforms: readonly NodeJS.Platform[];
  /**
   * Records 16-bit little-endian mono at 16 kHz, without a header.
   *
   * @param device a name from the list; null for the system's default
   */
  record: (device: string | null, platform: NodeJS.Platform) => Invocation;
  /** Lists the devices; null when the program cannot. */
  list: ((platform: NodeJS.Platform) => Invocation & { program: string }) | null;
};

const linux: readonly NodeJS.Platform[] = ["linux"];
const everywhere: readonly NodeJS.Platform[] = ["linux", "darwin", "win32"];

const parec: Recorder = {
  name: "parec",
  platforms: linux,
  record: (device) => ({
    arguments: [
      ...["--raw", "--format=s16le", "--rate=16000", "--channels=1", "--latency-msec=50"],
      ...(device === null ? [] : [`--device=${device}`]),
    ],
  }),
  list: () => ({ program: "pactl", arguments: ["list", "short", "sources"] }),
};

const arecord: Recorder = {
  name: "arecord",
  platforms: linux,
  record: (device) => ({
    arguments: [
      ...["-q", "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1"],
      ...(device === null ? [] : ["-D", device]),
    ],
  }),
  list: () => ({ program: "arecord", arguments: ["-L"] }),
};

const pipewire: Recorder = {
  name: "pw-record",
  platforms: linux,
  record: (device) => ({
    arguments: [
      ...["--rate", "16000", "--channels", "1", "--format", "s16"],
      ...(device === null ? [] : ["--target", device]),
      "-",
    ],
  }),
  list: () => ({ program: "pw-cli", arguments: ["list-objects", "Node"] }),
};

const sox: Recorder = {
  name: "rec",
  platforms: ["linux", "darwin"],
  record: (device) => ({
    arguments: [
      "-q",
      "-t",
      "raw",
      "-r",
      "16000",
      "-c",
      "1",
      "-b",
      "16",
      "-e",
      "signed-integer",
      "-",
    ],
    // SoX takes a device from the environment only.
    ...(device === null ? {} : { environment: { AUDIODEV: device } }),
  }),
  list: null,
};

const ffmpeg: Recorder = {
  name: "ffmpeg",
  platforms: everywhere,
  record: (device, platform) => ({
    arguments: [
      ...["-nostdin", "-hide_banner", "-loglevel", "error", "-fflags", "nobuffer"],
      ...ffmpegInput(device, platform),
      ...["-ac", "1", "-ar", "16000", "-f", "s16le", "-flush_packets", "1", "pipe:1"],
    ],
  }),
  list: (platform) => ({ program: "ffmpeg", arguments: ["-hide_banner", ...ffmpegList(platform)] }),
};

function ffmpegInput(device: string | null, platform: NodeJS.Platform): string[] {
  if (platform === "darwin") return ["-f", "avfoundation", "-i", `:${device ?? "default"}`];
  if (platform !== "win32") return ["-f", "pulse", "-i", device ?? "default"];
  if (device === null)
    throw new UsageError("--device is needed; parley mic --list shows the names");
  return ["-f", "dshow", "-i", `audio=${device}`];
}

function ffmpegList(platform: NodeJS.Platform): string[] {
  if (platform === "darwin") return ["-f", "avfoundation", "-list_devices", "true", "-i", ""];
  if (platform === "win32") return ["-f", "dshow", "-list_devices", "true", "-i", "dummy"];
  return ["-sources", "pulse"];
}

/** Recorders in order of preference. */
export const recorders: readonly Recorder[] = [parec, arecord, pipewire, sox, ffmpeg];
