/* A table of any length: only the rows in sight are in the page. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const HIGH = 34;
const SPARE = 8;
/** On paper stand all rows, up to so many. */
const MOST_PRINTED = 2000;

interface Props {
  label: string;
  head: { name: string; title: string; sort?: "ascending" | "descending"; onSort?: () => void }[];
  count: number;
  row: (place: number) => ComponentChildren[];
  chosen?: (place: number) => boolean;
}

export function Rows({ label, head, count, row, chosen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [[first, last], setRange] = useState([0, 40]);
  const look = (): void => {
    const at = frame.current;
    if (!at) return;
    const begin = Math.max(0, Math.floor(at.scrollTop / HIGH) - SPARE);
    const end = Math.min(count, Math.ceil((at.scrollTop + at.clientHeight) / HIGH) + SPARE);
    if (begin !== first || end !== last) setRange([begin, end]);
  };
  useLayoutEffect(look, [count]);
  useLayoutEffect(() => {
    const all = (): void => setRange([0, Math.min(count, MOST_PRINTED)]);
    addEventListener("beforeprint", all);
    addEventListener("afterprint", look);
    return () => {
      removeEventListener("beforeprint", all);
      removeEventListener("afterprint", look);
    };
  });
  const end = Math.min(last, count);
  const places = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  return (
    <div class="rows" ref={frame} onScroll={look} tabIndex={0} role="region" aria-label={label}>
      <table aria-rowcount={count + 1}>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column.name} scope="col" aria-sort={column.sort}>
                {column.onSort ? (
                  <button type="button" onClick={column.onSort}>{column.title}<span aria-hidden="true">{column.sort ? (column.sort === "ascending" ? " ↑" : " ↓") : ""}</span></button>
                ) : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 ? <tr class="gap" style={{ height: `${first * HIGH}px` }}><td colSpan={head.length} /></tr> : null}
          {places.map((place) => (
            <tr key={place} aria-rowindex={place + 2} class={chosen?.(place) ? "chosen" : ""}>{row(place).map((cell, at) => <td key={at}><div>{cell}</div></td>)}</tr>
          ))}
          {end < count ? <tr class="gap" style={{ height: `${(count - end) * HIGH}px` }}><td colSpan={head.length} /></tr> : null}
        </tbody>
      </table>
    </div>
  );
}
