import { chatModel } from "./declarations/chat-model";
import { development } from "./declarations/development";
import { fleet } from "./declarations/fleet";
import { folders } from "./declarations/folders";
import { graphics } from "./declarations/graphics";
import { inferenceServer } from "./declarations/inference-server";
import { logging } from "./declarations/logging";
import { media } from "./declarations/media";
import { modelHub } from "./declarations/model-hub";
import { observability } from "./declarations/observability";
import { recognizer } from "./declarations/recognizer";
import { tools } from "./declarations/tools";
import { turnTaking } from "./declarations/turn-taking";
import { voice } from "./declarations/voice";
import { webPage } from "./declarations/web-page";
import type { Settings } from "./setting";

/** Settings about one thing. */
export type SettingGroup = { readonly title: string; readonly settings: Settings };

/** Every setting there is, in the order in which people see them. */
export const settingGroups: readonly SettingGroup[] = [
  { title: "The web page", settings: webPage },
  { title: "Media", settings: media },
  { title: "Inference", settings: inferenceServer },
  { title: "Several servers", settings: fleet },
  { title: "Hearing", settings: recognizer },
  { title: "Voice", settings: voice },
  { title: "Graphics card", settings: graphics },
  { title: "Chat model", settings: chatModel },
  { title: "Tools", settings: tools },
  { title: "Turn-taking", settings: turnTaking },
  { title: "Folders", settings: folders },
  { title: "Models from Hugging Face", settings: modelHub },
  { title: "Logs", settings: logging },
  { title: "Metrics and traces", settings: observability },
  { title: "Development", settings: development },
];

/** The same without groups. */
export const allSettings: Settings = Object.fromEntries(
  settingGroups.flatMap(({ settings }) => Object.entries(settings)),
);
