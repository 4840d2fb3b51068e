import { Link } from "react-router";
import { isPermanentProblem, type ProblemCode } from "@parley/client/problem";
import { Button } from "../../components/button";
import { problemText } from "../../components/problem-text";
import { ErrorScreen } from "../../components/error-screen";

type RoomErrorProps = { problem: ProblemCode; onRetry: () => void };

/** Error screen of a room that cannot be joined. */
export function RoomError({ problem, onRetry }: RoomErrorProps) {
  const canRetry = !isPermanentProblem(problem) || problem === "room-full";
  return (
    <ErrorScreen
      {...problemText(problem)}
      actions={
        <>
          {canRetry && (
            <Button variant="primary" onClick={onRetry}>
              Try again
            </Button>
          )}
          {problem === "version-mismatch" && (
            <Button
              variant="primary"
              onClick={() => {
                window.location.reload();
              }}
            >
              Reload
            </Button>
          )}
          <Link
            to="/"
            className={`inline-flex min-h-11 items-center rounded-xl px-4 font-medium ${canRetry ? "border border-line-strong hover:bg-raised" : "bg-accent text-accent-ink hover:brightness-105"}`}
          >
            Back to the start
          </Link>
        </>
      }
    />
  );
}
