/* Saves the picture, the view, or a table of what is drawn; prints. */
import { useState } from "preact/hooks";
import { useApp, type Use } from "../app/app.ts";
import { csv, fileName, save } from "../app/save.ts";
import { fill } from "../app/texts.ts";
import type { Drawing } from "../scene/drawing.ts";
import type { Stage } from "../scene/stage.ts";
import { asSvg } from "../scene/svg.ts";
import { written } from "../state/address.ts";
import { activeFilters } from "../state/state.ts";

/** What stands below a picture: what it holds, which filters are on. */
export function footOf({ app, state, texts, words }: Use): string[] {
  const { scene } = app.model;
  const filters = activeFilters(state.filters).map(
    ([facet, value]) => `${texts.facets[facet as keyof typeof texts.facets]}: ${words.value(app.facets.labelOf(facet, value))}`,
  );
  return [
    `${scene.name} · ${texts.audience[scene.audience]} · ${fill(texts.outcomesOf, { n: app.facets.passing(state.filters).length, all: app.facets.outcomes.length })}`,
    filters.length ? `${texts.filters}: ${filters.join(" · ")}` : texts.filtersNone,
  ];
}

export function SaveMenu({ stage }: { stage: () => Stage | null }) {
  const use = useApp();
  const { app, texts } = use;
  const [copied, setCopied] = useState(false);
  const name = app.model.scene.name;
  const png = (on: Stage): void => {
    const foot = footOf(use);
    const sheet = document.createElement("canvas");
    const { canvas, renderer } = on;
    const room = 24 * foot.length + 16;
    const ratio = canvas.width / renderer.width;
    sheet.width = canvas.width;
    sheet.height = canvas.height + room * ratio;
    const context = sheet.getContext("2d");
    if (!context) return;
    renderer.stale();
    renderer.paint();
    context.fillStyle = renderer.look.ground;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(canvas, 0, 0);
    context.scale(ratio, ratio);
    context.fillStyle = renderer.look.ink;
    context.font = `13px ${renderer.look.font}`;
    foot.forEach((line, at) => context.fillText(line, 16, renderer.height + 24 + at * 22));
    sheet.toBlob((blob) => blob && save(fileName(name, "png"), blob, "image/png"));
  };
  const take = (what: string, on: Stage): void => {
    if (what === "png") png(on);
    else if (what === "svg") save(fileName(name, "svg"), asSvg(on.drawing, on.renderer.look, name, footOf(use)), "image/svg+xml");
    else if (what === "csv") save(fileName(`${name} links`, "csv"), csv(linkRows(use, on.drawing)), "text/csv");
    else if (what === "view") save(fileName(`${name} view`, "json"), `${JSON.stringify({ name, view: written(app.store.state, app) }, null, 2)}\n`, "application/json");
    else print();
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.href.replace(/#.*/, "") + written(app.store.state, app));
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>{copied ? texts.copied : texts.copyLink}</button>
      <select class="save" aria-label={texts.export} value="" onChange={(event) => {
        const on = stage();
        if (on) take(event.currentTarget.value, on);
        event.currentTarget.value = "";
      }}>
        <option value="" disabled>{texts.export}</option>
        {(["png", "svg", "csv", "view", "print"] as const).map((what) => <option key={what} value={what}>{texts.exports[what]}</option>)}
      </select>
    </>
  );
}

/** The links that are drawn, as a table. */
function linkRows({ app, words }: Use, drawing: Drawing): string[][] {
  const rows = [["from", "relation", "to", "links"]];
  for (let line = 0; line < drawing.from.length; line++) {
    const edge = drawing.edge[line];
    const said = (mark: number): string => (drawing.node[mark] >= 0 ? words.label(app.model, drawing.node[mark]) : drawing.label[mark]);
    rows.push([said(drawing.from[line]), edge >= 0 ? app.model.relationOf(edge) : "", said(drawing.to[line]), String(drawing.weight[line])]);
  }
  return rows;
}
