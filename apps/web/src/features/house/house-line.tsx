import { Link } from "react-router";
import { useHouse } from "../../api/house";
import { useOperatorKey } from "../../stores/operator-key";
import { HouseName } from "./house-name";

/** One line in a room: what hears, thinks and speaks. */
export function HouseLine() {
  const { data: house } = useHouse(useOperatorKey());
  if (house === undefined) return null;
  const { hears, thinks, speaks, isOperator, better } = house;
  return (
    <p className="text-xs text-ink-soft lg:text-center [@media(max-height:35rem)]:hidden">
      Hears with <HouseName>{hears.title}</HouseName>
      {separator}thinks with <HouseName>{thinks.title}</HouseName>
      {separator}speaks with <HouseName>{speaks.title}</HouseName>
      {isOperator && better !== null && (
        <>
          {separator}
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

/** Stays with what is before it when the line breaks. */
const separator = "\u00a0· ";
