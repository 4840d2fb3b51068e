import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import { CloudOff, Unplug } from "lucide-react";
import { useMemo } from "react";
import { needsOperatorKey, useModels, usePendingModelRequests } from "../../api/models";
import { Button } from "../../components/button";
import { ErrorScreen } from "../../components/error-screen";
import { Notice } from "../../components/notice";
import { PageShell } from "../../components/page-shell";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { DeviceLines } from "./device-lines";
import { failureText } from "./failure-text";
import { hubNotice } from "./hub-state";
import { ModelsList } from "./models-list";
import { useOperatorKey } from "../../stores/operator-key";
import { OperatorKeyForm } from "./operator-key-form";
import { optimisticModels } from "./optimistic-models";
import { bytesText } from "../../components/quantities";

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
  const models = useMemo(() => optimisticModels(overview.models, requests), [overview, requests]);
  const hub = hubNotice(overview.hub, models);
  const diskBytes = models.reduce((sum, model) => sum + model.diskBytes, 0);
  return (
    <div className="pt-4 pb-12 lg:pt-8">
      <h1 className="font-serif text-4xl leading-[1.1] tracking-[-0.01em] sm:text-5xl">Models</h1>
      <p className="mt-4 mb-8 max-w-prose text-lg text-ink-soft">
        What Parley hears, speaks and thinks with. Models are kept on the machine that runs it,{" "}
        {machineText(overview.machine)}
        {diskBytes > 0 && `, where they take ${bytesText(diskBytes)}`}.
      </p>
      <DeviceLines devices={overview.machine.devices} />
      {problem !== null && (
        <div className="mb-8">
          <Notice icon={Unplug} tone="warn" title="This may be out of date">
            {failureText(problem)} The page looks again by itself.
          </Notice>
        </div>
      )}
      {hub !== null && (
        <div className="mb-8">
          <Notice icon={CloudOff} tone="calm" title={hub.title}>
            {hub.text}
          </Notice>
        </div>
      )}
      <ModelsList overview={overview} models={models} />
    </div>
  );
}

/** "with 4 cores, 16 GB of memory and an NVIDIA RTX 4070" */
function machineText({ cores, memoryBytes, graphics }: ModelsOverview["machine"]): string {
  const counted = cores === 1 ? "one core" : `${cores} cores`;
  const memory = `${bytesText(memoryBytes)} of memory`;
  return graphics === null
    ? `with ${counted} and ${memory}`
    : `with ${counted}, ${memory} and an ${graphics}`;
}
