import { Link } from "react-router";
import { isLastingProblem, type ProblemCode } from "../../client/problem";
import { Button } from "../../components/button";
import { problemText } from "../../components/problem-text";
import { WayOut } from "../../components/way-out";

type RoomEndProps = { problem: ProblemCode; onRetry: () => void };

/** The room cannot be had: why, and where to go. */
export function RoomEnd({ problem, onRetry }: RoomEndProps) {
  const canRetry = !isLastingProblem(problem) || problem === "room-full";
  return (
    <WayOut
      {...problemText(problem)}
      actions={
        <>
          {canRetry && (
            <Button look="primary" onClick={onRetry}>
              Try again
            </Button>
          )}
          {problem === "version-mismatch" && (
            <Button
              look="primary"
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
