import { AppError } from "@parley/shared/errors";
import {
  modelActionSchema,
  modelsOverviewSchema,
  type ModelsOverview,
} from "@parley/shared/protocol/models-api";
import {
  queryOptions,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { z } from "zod";
import { authorization } from "./authorization";
import { requestJson } from "@parley/client/request-json";

const busyIntervalMs = 1_000;
const calmIntervalMs = 10_000;

const modelRequestSchema = z.object({ name: z.string(), action: modelActionSchema });

/** Request for an action on a model; a precision may follow its name ("parakeet-tdt-v3:int8"). */
export type ModelRequest = z.infer<typeof modelRequestSchema>;

const requestKey = ["model-request"];

/** True where the server requires the operator's key, or another one. */
export function needsOperatorKey(error: Error | null): boolean {
  return error instanceof AppError && error.code === "operator-only";
}

/** @param operatorKey null on the server's own machine, which needs none. */
function modelsOptions(operatorKey: string | null) {
  return queryOptions({
    queryKey: ["models", operatorKey],
    queryFn: ({ signal }) =>
      requestJson("/api/models", modelsOverviewSchema, {
        signal,
        headers: authorization(operatorKey),
      }),
    // The refetch interval retries.
    retry: false,
    refetchInterval: ({ state }) => {
      if (needsOperatorKey(state.error)) return false;
      return state.data !== undefined && isBusy(state.data) ? busyIntervalMs : calmIntervalMs;
    },
  });
}

/** Models that the server knows; refetched every second while one is downloaded or prepared. */
export function useModels(operatorKey: string | null) {
  return useQuery(modelsOptions(operatorKey));
}

/** Requests an action on a model; the answer is the new overview. */
export function useModelRequest(operatorKey: string | null) {
  const queryClient = useQueryClient();
  const { queryKey } = modelsOptions(operatorKey);
  return useMutation({
    mutationKey: requestKey,
    mutationFn: ({ name, action }: ModelRequest) =>
      requestJson(`/api/models/${encodeURIComponent(name)}/${action}`, modelsOverviewSchema, {
        body: {},
        headers: authorization(operatorKey),
      }),
    onSuccess: async (overview) => {
      // A fetch that began before the request would restore the previous overview.
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, overview);
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
}

/** Requests that the server has not answered yet, oldest first. */
export function usePendingModelRequests(): ModelRequest[] {
  return useMutationState({
    filters: { mutationKey: requestKey, status: "pending" },
    select: ({ state }) => modelRequestSchema.parse(state.variables),
  });
}

/** Verifies a key by fetching the models with it, which fills the cache. */
export function useVerifyOperatorKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (operatorKey: string) => {
      // No key has characters that a header cannot carry: the server accepts none such.
      if (!/^[\x21-\x7e]+$/.test(operatorKey)) throw new AppError("operator-only", "not a key");
      return queryClient.query(modelsOptions(operatorKey));
    },
  });
}

/** Whether the next look will show something new soon. */
function isBusy({ models, hub }: ModelsOverview): boolean {
  if (hub.state === "asking") return true;
  return models.some(({ state }) => ["pulling", "converting", "loading"].includes(state));
}
