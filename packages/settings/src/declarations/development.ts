import { setting, type Settings } from "../setting";
import { address, path, port } from "../value-kinds";

/** Tests and the development server. */
export const development = {
  PARLEY_CHROMIUM: setting({
    meaning: "the browser for the browser tests",
    value: path,
    unset: "one that is found",
    readBy: ["npm test"],
  }),
  PARLEY_TEST_PORT: setting({
    meaning: "the port of the Parley that the browser tests start; they use the next one, too",
    value: port,
    default: "18860",
    readBy: ["npm test"],
  }),
  PARLEY_TEST_SMART_TURN: setting({
    meaning:
      "`smart-turn-v3.2-cpu.onnx`, so that the engine is held to what its publisher computed with it",
    value: path,
    unset: "those tests are skipped",
    readBy: ["npm test"],
  }),
  PARLEY_MEDIA_URL: setting({
    meaning: "where the page's development server finds the media server; `npm run dev` sets it",
    value: address("http", "https"),
    unset: "`http://localhost:7861`",
    readBy: ["web build"],
  }),
} satisfies Settings;
