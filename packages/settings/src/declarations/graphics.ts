import { notOffered, passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { deviceName, wholeNumber } from "../value-kinds";

/** The graphics card, for what runs on one. */
export const graphics = {
  GPU_DEVICE: setting({
    meaning:
      "which card, where there are several: a number for `cuda` and `tensorrt`; for `webgpu` a word of its Vulkan driver's name, such as `nvidia`, `radeon`, `intel`",
    value: deviceName,
    unset: "the strongest",
    readBy: ["inference"],
    containers: {
      inference: notOffered("it chooses the card that the container of profile `gpu` is given"),
    },
  }),
  GPU_MEMORY: setting({
    meaning:
      "MiB of a card that each model may take for its weights and for what its streams or voices keep there; with less room fewer hear or speak at once, or the processor computes, see [gpu.md](gpu.md)",
    value: wholeNumber(64, 1_048_576),
    unset: "no limit",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
