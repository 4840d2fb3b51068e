import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { AppRoutes } from "./app-routes";
import { useTheme } from "../features/theme/use-theme";

type AppProps = {
  /** Router around the routes: browser history, or memory in tests. */
  router: (children: ReactNode) => ReactNode;
};

/** Routes with their providers. */
export function App({ router }: AppProps) {
  const [queryClient] = useState(() => new QueryClient());
  useTheme();
  return <QueryClientProvider client={queryClient}>{router(<AppRoutes />)}</QueryClientProvider>;
}
