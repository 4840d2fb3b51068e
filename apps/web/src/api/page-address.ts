import { pageAddressSchema } from "@parley/shared/protocol/address-api";
import { useQuery } from "@tanstack/react-query";
import { requestJson } from "@parley/client/request-json";

/** Where others reach this page, as far as the server knows. */
export function usePageAddress(options: { isEnabled: boolean }) {
  return useQuery({
    queryKey: ["page-address"],
    queryFn: ({ signal }) => requestJson("/api/address", pageAddressSchema, { signal }),
    enabled: options.isEnabled,
  });
}
