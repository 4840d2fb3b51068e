import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { AppRoutes } from "./app-routes";
import { useTheme } from "../features/theme/use-theme";

type AppProps = {
  /** The router's frame: the browser's history, or a list in memory. */
  router: (children: ReactNode) => ReactNode;
};

/** Providers around the routes. */
export function App({ router }: AppProps) {
  const [queryClient] = useState(() => new QueryClient());
  useTheme();
  return <QueryClientProvider client={queryClient}>{router(<AppRoutes />)}</QueryClientProvider>;
}
