import { checkCertificate } from "./checks/check-certificate";
import { checkChatModel } from "./checks/check-chat-model";
import { checkDatabase } from "./checks/check-database";
import { checkDataFolder } from "./checks/check-data-folder";
import { checkDisk } from "./checks/check-disk";
import { checkDevices } from "./checks/check-devices";
import { checkFfmpeg } from "./checks/check-ffmpeg";
import { checkMediaPort } from "./checks/check-media-port";
import { checkModels } from "./checks/check-models";
import { checkNats } from "./checks/check-nats";
import { checkNode } from "./checks/check-node";
import { checkPorts } from "./checks/check-ports";
import { checkRemoteEngines } from "./checks/check-remote-engines";
import { checkTurn } from "./checks/check-turn";
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
    checkRemoteEngines(context),
    checkNats(context),
    checkDatabase(context),
    checkDisk(context),
    checkPorts(context),
    checkMediaPort(context),
    checkTurn(context),
    checkCertificate(context),
    checkFfmpeg(context),
  ]);
  const { environment } = context;
  return {
    settings: settingStates(environment),
    findings: [...examineSettings(environment), checkNode(context), ...checks.flat()],
  };
}
