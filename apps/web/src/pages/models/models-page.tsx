import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import { Unplug } from "lucide-react";
import { useMemo } from "react";
import { needsOperatorKey, useModels, usePendingModelRequests } from "../../api/models";
import { Button } from "../../components/button";
import { ErrorScreen } from "../../components/error-screen";
import { Notice } from "../../components/notice";
import { PageShell } from "../../components/page-shell";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { withDistinctTitles } from "./distinct-titles";
import { failureText } from "./failure-text";
import { ModelsList } from "./models-list";
import { useOperatorKey } from "./operator-key";
import { OperatorKeyForm } from "./operator-key-form";
import { optimisticModels } from "./optimistic-models";
import { bytesText } from "./quantities";

/** Page `/models`, for operators: the models on the machine of the server. */
export function ModelsPage() {
  return (
    <PageShell aside={<ThemeSwitch />}>
      <title>Models · Parley</title>
      <Content />
    </PageShell>
  );
}

function Content() {
  const { data, error, refetch } = useModels(useOperatorKey());
  if (error !== null && needsOperatorKey(error))
    return <OperatorKeyForm reason={failureText(error)} />;
  if (data !== undefined) return <Overview overview={data} problem={error} />;
  if (error === null) return <p className="sr-only">Looking at the models …</p>;
  return (
    <ErrorScreen
      title="The models cannot be seen"
      advice={`${failureText(error)} This page looks again by itself.`}
      actions={
        <Button variant="primary" onClick={() => void refetch()}>
          Look again
        </Button>
      }
    />
  );
}

type OverviewProps = {
  overview: ModelsOverview;
  /** Error of the last fetch, while an older overview is shown. */
  problem: Error | null;
};

function Overview({ overview, problem }: OverviewProps) {
  const requests = usePendingModelRequests();
  const models = useMemo(
    () => withDistinctTitles(optimisticModels(overview.models, requests)),
    [overview, requests],
  );
  const diskBytes = models.reduce((sum, model) => sum + model.diskBytes, 0);
  return (
    <div className="pt-4 pb-12 lg:pt-8">
      <h1 className="font-serif text-4xl leading-[1.1] tracking-[-0.01em] sm:text-5xl">Models</h1>
      <p className="mt-4 mb-8 max-w-prose text-lg text-ink-soft">
        What Parley hears, speaks and thinks with. Models are kept on the machine that runs it
        {diskBytes > 0 && `, where they take ${bytesText(diskBytes)}`}.
      </p>
      {problem !== null && (
        <div className="mb-8">
          <Notice icon={Unplug} tone="warn" title="This may be out of date">
            {failureText(problem)} The page looks again by itself.
          </Notice>
        </div>
      )}
      <ModelsList models={models} />
    </div>
  );
}
