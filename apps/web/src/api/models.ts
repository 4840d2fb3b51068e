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
import { requestJson } from "./request-json";

const busyIntervalMs = 1_000;
const calmIntervalMs = 10_000;

const modelRequestSchema = z.object({ name: z.string(), action: modelActionSchema });

/** What is to be done with which model. */
export type ModelRequest = z.infer<typeof modelRequestSchema>;

const requestKey = ["model-request"];

/** True when the server wants to know first that it is the operator who asks. */
export function needsOperatorKey(error: Error | null): boolean {
  return error instanceof AppError && error.code === "operator-only";
}

/** @param operatorKey null on the server's own machine, which needs none */
function modelsOptions(operatorKey: string | null) {
  return queryOptions({
    queryKey: ["models", operatorKey],
    queryFn: ({ signal }) =>
      requestJson("/api/models", modelsOverviewSchema, {
        signal,
        headers: authorization(operatorKey),
      }),
    // The next look comes by itself.
    retry: false,
    refetchInterval: ({ state }) => {
      if (needsOperatorKey(state.error)) return false;
      return state.data !== undefined && isBusy(state.data) ? busyIntervalMs : calmIntervalMs;
    },
  });
}

/** Every model that the server knows, looked at every second while one is being obtained. */
export function useModels(operatorKey: string | null) {
  return useQuery(modelsOptions(operatorKey));
}

/** Has something done with a model; the answer is the new overview. */
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
      // A look that began before the order would bring back what was.
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, overview);
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
}

/** Orders under way, oldest first. */
export function usePendingModelRequests(): ModelRequest[] {
  return useMutationState({
    filters: { mutationKey: requestKey, status: "pending" },
    select: ({ state }) => modelRequestSchema.parse(state.variables),
  });
}

/** Tries a key; where it is right the models are there at once. */
export function useVerifyOperatorKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (operatorKey: string) => {
      // What no header can carry is no key: the server takes none such.
      if (!/^[\x21-\x7e]+$/.test(operatorKey)) throw new AppError("operator-only", "not a key");
      return queryClient.query(modelsOptions(operatorKey));
    },
  });
}

function authorization(operatorKey: string | null): Record<string, string> {
  return operatorKey === null ? {} : { authorization: `Bearer ${operatorKey}` };
}

function isBusy({ models }: ModelsOverview): boolean {
  return models.some(({ state }) => ["pulling", "converting", "loading"].includes(state));
}
