import { describe, expect, it } from "vitest";
import { recorders } from "./recorders";

function commandLine(name: string, device: string | null, platform: NodeJS.Platform): string {
  const recorder = recorders.find((known) => known.name === name);
  return recorder?.record(device, platform).arguments.join(" ") ?? "";
}

describe("the arguments of each program", () => {
  it.each([
    [
      "parec",
      "mic1",
      "--raw --format=s16le --rate=16000 --channels=1 --latency-msec=50 --device=mic1",
    ],
    ["arecord", "hw:1", "-q -t raw -f S16_LE -r 16000 -c 1 -D hw:1"],
    ["pw-record", "42", "--rate 16000 --channels 1 --format s16 --target 42 -"],
    ["rec", "hw:1", "-q -t raw -r 16000 -c 1 -b 16 -e signed-integer -"],
  ])("%s", (name, device, expected) => {
    expect(commandLine(name, device, "linux")).toBe(expected);
    expect(commandLine(name, null, "linux")).not.toContain(device);
  });

  it.each([
    ["linux", null, "-f pulse -i default"],
    ["darwin", null, "-f avfoundation -i :default"],
    ["darwin", "1", "-f avfoundation -i :1"],
    ["win32", "Desk mic", "-f dshow -i audio=Desk mic"],
  ] as const)("ffmpeg on %s", (platform, device, expected) => {
    expect(commandLine("ffmpeg", device, platform)).toContain(` ${expected} -ac 1 -ar 16000 `);
  });

  it("SoX receives the device in its environment", () => {
    const rec = recorders.find(({ name }) => name === "rec");
    expect(rec?.record("hw:1", "linux").environment).toEqual({ AUDIODEV: "hw:1" });
  });

  it("needs a device's name on Windows", () => {
    expect(() => commandLine("ffmpeg", null, "win32")).toThrow("--device is needed");
  });
});
