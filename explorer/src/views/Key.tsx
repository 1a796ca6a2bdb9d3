/* What the colours, bands and hollow marks of the trace mean. */
import { useApp } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import { COLUMNS, columnOf, type Flow, type Stop } from "../model/flow.ts";

const OUTCOMES = columnOf("outcome");

/** How many things of a column are in the trace: outcomes that are gathered count each, as do results. */
function counted(stops: readonly Stop[], column: number): number {
  if (column === OUTCOMES) return new Set(stops.flatMap((stop) => stop.outcomes)).size;
  return stops.reduce((sum, stop) => sum + (stop.results.length || Number(stop.node >= 0 || !stop.gap)), 0);
}

export function Key({ found, columns }: { found: Flow; columns: readonly number[] }) {
  const { texts } = useApp();
  const { stops, ways, arcs, inside } = found;
  if (!stops.length) return null;
  return (
    <details class="legend key" open={matchMedia("(min-width: 900px)").matches}>
      <summary>{texts.legend}</summary>
      <ul>
        {columns.map((column) => (
          <li key={column} class={`kind-${COLUMNS[column]}`}>
            <i class="swatch" /> {texts.traceColumns[COLUMNS[column]]} <span class="count">{counted(stops.filter((stop) => stop.column === column), column)}</span>
          </li>
        ))}
        <li><i class="swatch band" /> {texts.keyBand}</li>
        {stops.some((stop) => stop.gap) ? <li><i class="swatch hole" /> {texts.hollow}</li> : null}
        {ways.some((way) => stops[way.from].gap || stops[way.to].gap) ? <li><i class="swatch broken" /> {texts.keyGap}</li> : null}
        {arcs.length || inside ? <li><i class="swatch arc" /> {texts.traceArcs}{inside ? ` ${fill(texts.traceInside, { n: inside })}` : ""}</li> : null}
      </ul>
    </details>
  );
}
