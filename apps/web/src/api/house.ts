import { houseSchema } from "@parley/shared/protocol/house-api";
import { useQuery } from "@tanstack/react-query";
import { authorization } from "./authorization";
import { requestJson } from "@parley/client/request-json";

const calmIntervalMs = 30_000;
const busyIntervalMs = 5_000;

/**
 * What hears, thinks and speaks on the server; kept up to date while it is shown.
 *
 * @param operatorKey null on the server's own machine, and for guests
 */
export function useHouse(operatorKey: string | null) {
  return useQuery({
    queryKey: ["house", operatorKey],
    queryFn: ({ signal }) =>
      requestJson("/api/house", houseSchema, { signal, headers: authorization(operatorKey) }),
    // The refetch interval retries.
    retry: false,
    refetchInterval: ({ state }) =>
      state.data?.better?.state === "coming" ? busyIntervalMs : calmIntervalMs,
  });
}
