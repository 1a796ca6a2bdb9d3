/* The line above every view: what of the harvest is shown, what narrows it, and how to keep it.
   It is always there and always as high, so that a filter never moves the picture below. */
import type { ComponentChildren } from "preact";
import { Chips } from "./Filters.tsx";
import { SaveMenu, type Savable } from "./SaveMenu.tsx";

/** `children`: what stands there instead of the filters, where those do not hold. */
export function Bar({ children, ...savable }: Savable & { children?: ComponentChildren }) {
  return (
    <div class="bar">
      {children ?? <Chips />}
      <div class="keep"><SaveMenu {...savable} /></div>
    </div>
  );
}
