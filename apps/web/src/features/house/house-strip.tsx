import { ArrowRight } from "lucide-react";
import { Link } from "react-router";
import { useHouse } from "../../api/house";
import { useOperatorKey } from "../../stores/operator-key";
import { HouseName } from "./house-name";
import { adviceOf, demonstrationOf } from "./house-words";

/** Strip of the lobby: what hears, thinks and speaks; for the operator, the way to better ones. */
export function HouseStrip() {
  const { data: house } = useHouse(useOperatorKey());
  if (house === undefined) return null;
  const { hears, thinks, speaks, isOperator, better } = house;
  const remarks = [demonstrationOf(house), isOperator ? adviceOf(house) : null];
  return (
    <section
      aria-label="What hears, thinks and speaks here"
      className="mt-2 max-w-md rounded-xl border border-line px-4 py-3 text-sm text-ink-soft"
    >
      <p>
        Hears with <HouseName>{hears.title}</HouseName>, thinks with{" "}
        <HouseName>{thinks.title}</HouseName>, speaks with <HouseName>{speaks.title}</HouseName>.{" "}
        {remarks.filter((remark) => remark !== null).join(" ")}
      </p>
      {isOperator && (
        <Link
          to="/models"
          className="-mb-2 inline-flex min-h-11 items-center gap-1.5 rounded-lg font-medium text-accent-text underline-offset-4 hover:underline"
        >
          {better === null ? "Models" : "Set up better ones"}
          <ArrowRight aria-hidden size={15} strokeWidth={2} />
        </Link>
      )}
    </section>
  );
}
