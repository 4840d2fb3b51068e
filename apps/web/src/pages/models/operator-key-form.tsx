import { useState } from "react";
import { needsOperatorKey, useVerifyOperatorKey } from "../../api/models";
import { Button } from "../../components/button";
import { TextField } from "../../components/text-field";
import { failureText } from "./failure-text";
import { operatorKeyStore } from "../../stores/operator-key";

type OperatorKeyFormProps = {
  /** Message of the server that requires the key. */
  reason: string;
};

/** Form for the operator's key; verifies it before saving. */
export function OperatorKeyForm({ reason }: OperatorKeyFormProps) {
  const [text, setText] = useState("");
  const verification = useVerifyOperatorKey();
  const operatorKey = text.trim();
  return (
    <form
      className="m-auto w-full max-w-md animate-settle py-10"
      onSubmit={(event) => {
        event.preventDefault();
        if (operatorKey === "" || verification.isPending) return;
        verification.mutate(operatorKey, {
          onSuccess: () => {
            operatorKeyStore.setState({ operatorKey });
          },
        });
      }}
    >
      <h1 className="font-serif text-4xl leading-tight">For the operator</h1>
      <p className="mt-4 text-lg text-ink-soft">{reason}</p>
      <TextField
        className="mt-8"
        label="Operator’s key"
        type="password"
        autoComplete="current-password"
        spellCheck={false}
        value={text}
        problem={verification.error === null ? null : keyProblem(verification.error)}
        onChange={(event) => {
          setText(event.target.value);
          verification.reset();
        }}
      />
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
        <Button type="submit" variant="primary" className="min-h-12 px-8 text-base">
          {verification.isPending ? "Asking …" : "Open"}
        </Button>
        <p className="text-sm text-ink-soft">Kept until this tab is closed.</p>
      </div>
    </form>
  );
}

function keyProblem(error: Error): string {
  return needsOperatorKey(error) ? "This is not the operator’s key." : failureText(error);
}
