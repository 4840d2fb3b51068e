import { describe, expect, it } from "vitest";
import { foreignVoices, standInVoice } from "./stand-in-voices";

const kokoro = ["af_heart", "af_alloy", "af_bella", "af_nova", "af_sarah", "af_sky"].concat([
  "am_adam",
  "am_echo",
  "am_michael",
  "am_onyx",
  "am_puck",
  "bm_fable",
  "bm_george",
]);
const fliteVoices = ["slt", "rms", "awb", "kal16"];
const magpie = ["John", "Sofia", "Aria", "Jason", "Leo"];
const women = ["alloy", "coral", "marin", "nova", "sage", "shimmer", "aria", "sofia"];
const openAi = "alloy ash ballad coral echo fable nova onyx sage shimmer verse marin cedar".split(
  " ",
);

describe("standInVoice", () => {
  it("has a voice of every engine for each of OpenAI's and Magpie's names", () => {
    expect([...foreignVoices].sort()).toEqual(
      [...openAi, ...magpie.map((name) => name.toLowerCase())].sort(),
    );
    for (const name of foreignVoices) {
      expect(kokoro).toContain(standInVoice(name, kokoro));
      expect(magpie).toContain(standInVoice(name, magpie));
      expect(fliteVoices).toContain(standInVoice(name, fliteVoices));
    }
  });

  it("speaks as a woman for a woman, and as a man for a man", () => {
    for (const name of foreignVoices) {
      const isWoman = women.includes(name);
      expect(standInVoice(name, kokoro)?.charAt(1)).toBe(isWoman ? "f" : "m");
      expect(["Sofia", "Aria"].includes(standInVoice(name, magpie) ?? "")).toBe(isWoman);
      expect(standInVoice(name, fliteVoices) === "slt").toBe(isWoman);
    }
  });

  it("takes names in any case, with accents, and as NVIDIA writes them at length", () => {
    for (const name of ["Aria", " ARIA ", "Ária", "Magpie-Multilingual.EN-US.Aria"]) {
      expect(standInVoice(name, fliteVoices)).toBe("slt");
    }
    expect(standInVoice("Magpie-Multilingual.EN-US.Jason.Happy", magpie)).toBe("Jason");
  });

  it("takes the first voice of an engine that is not in the table", () => {
    expect(standInVoice("echo", ["Bob", "Eve"])).toBe("Bob");
    expect(standInVoice("echo", [])).toBeNull();
  });

  it("knows nobody for other names", () => {
    for (const name of ["nobody", "", "constructor", "toString", "alloy2"]) {
      expect(standInVoice(name, fliteVoices)).toBeNull();
    }
  });
});
