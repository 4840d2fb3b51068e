import { Link } from "react-router";
import { useHouse } from "../../api/house";
import { useOperatorKey } from "../../stores/operator-key";
import { HouseParts } from "./house-parts";

/** One line in a room: what hears, thinks and speaks. */
export function HouseLine() {
  const { data: house } = useHouse(useOperatorKey());
  if (house === undefined) return null;
  return (
    <p className="text-xs text-ink-soft lg:text-center [@media(max-height:35rem)]:hidden">
      <HouseParts house={house} />
      {house.isOperator && house.better !== null && (
        <>
          <span aria-hidden> · </span>
          <Link
            to="/models"
            // A new tab, so that the room stays open.
            target="_blank"
            className="font-medium whitespace-nowrap text-accent-text underline-offset-4 hover:underline"
          >
            Set up better ones
          </Link>
        </>
      )}
    </p>
  );
}
