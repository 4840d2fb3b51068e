import { checkCertificate } from "./checks/check-certificate";
import { checkChatModel } from "./checks/check-chat-model";
import { checkDataFolder } from "./checks/check-data-folder";
import { checkDevices } from "./checks/check-devices";
import { checkFfmpeg } from "./checks/check-ffmpeg";
import { checkModels } from "./checks/check-models";
import { checkNode } from "./checks/check-node";
import { checkPorts } from "./checks/check-ports";
import { checkWorker } from "./checks/check-worker";
import { examineSettings, settingStates, type SettingState } from "./examine-settings";
import type { Finding } from "./finding";
import type { CheckContext } from "./check-context";

/** Result of `parley doctor`, for people and as JSON. */
export type Diagnosis = {
  settings: readonly SettingState[];
  findings: readonly Finding[];
};

/** Checks the environment and the machine. Rejects only with the signal's reason. */
export async function diagnose(context: CheckContext): Promise<Diagnosis> {
  const checks = await Promise.all([
    checkDataFolder(context),
    checkWorker(context),
    checkModels(context),
    checkDevices(context),
    checkChatModel(context),
    checkPorts(context),
    checkCertificate(context),
    checkFfmpeg(context),
  ]);
  const { environment } = context;
  return {
    settings: settingStates(environment),
    findings: [...examineSettings(environment), checkNode(context), ...checks.flat()],
  };
}
