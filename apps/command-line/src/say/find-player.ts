import { AppError } from "@parley/shared/errors";
import { isInstalled, type Place } from "@parley/audio/installed-program";
import { type Player, players } from "./players";

/** @throws AppError `not-found` when none is installed */
export async function findPlayer(place: Place): Promise<Player> {
  const candidates = players.filter(({ platforms }) => platforms.includes(place.platform));
  for (const player of candidates) {
    if (await isInstalled(player.name, place)) return player;
  }
  const names = candidates.map(({ name }) => name).join(", ");
  const advice = "-o FILE writes the sound instead";
  throw new AppError("not-found", `no playback program is installed (${names}); ${advice}`);
}
