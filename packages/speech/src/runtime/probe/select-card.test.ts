import { expect, it } from "vitest";
import { selectCard } from "./select-card";

const list = (folder: string) =>
  Promise.resolve(
    folder === "/usr/share/vulkan/icd.d"
      ? ["radeon_icd.x86_64.json", "lvp_icd.x86_64.json", "notes.txt"]
      : [],
  );

it("chooses a card of CUDA by its number", async () => {
  expect(await selectCard("1", list)).toEqual({
    variables: { CUDA_VISIBLE_DEVICES: "1" },
    problem: null,
  });
  expect(await selectCard(undefined, list)).toEqual({ variables: {}, problem: null });
});

it("chooses a Vulkan driver by a word of its name, and says which there are", async () => {
  const file = "/usr/share/vulkan/icd.d/radeon_icd.x86_64.json";
  expect(await selectCard("radeon", list)).toEqual({
    variables: { VK_DRIVER_FILES: file, VK_ICD_FILENAMES: file },
    problem: null,
  });
  const { problem } = await selectCard("nvidia", list);
  expect(problem).toMatch(/^no Vulkan driver is called nvidia: there are .*lvp_icd/u);
});
