import type { House } from "@parley/shared/protocol/house-api";
import { Fragment } from "react";
import { partsOf } from "./house-words";

type HousePartsProps = { house: House };

/** "Hears with … · thinks with … · speaks with …" */
export function HouseParts({ house }: HousePartsProps) {
  return partsOf(house).map(({ verb, title, isDemonstration }, index) => (
    <Fragment key={verb}>
      {index > 0 && <span aria-hidden> · </span>}
      {index > 0 && <span className="sr-only">, </span>}
      <span className="inline-block">
        {verb}{" "}
        <span className="font-medium text-ink">
          {title}
          {isDemonstration && <span className="font-normal text-ink-soft"> (a demonstration)</span>}
        </span>
      </span>
    </Fragment>
  ));
}
