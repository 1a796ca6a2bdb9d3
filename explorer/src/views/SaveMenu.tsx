/* Saves the picture, the view, a table or the graph of what is drawn; brings a saved view back; prints. */
import { useRef, useState } from "preact/hooks";
import { useApp, type Use } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import { footOf, legendOf } from "../app/caption.ts";
import { pngOf, pngOfSvg, svgOf } from "../app/picture.ts";
import { csv, fileName, save } from "../app/save.ts";
import { selectionQuery } from "../model/sparql.ts";
import { edgesOf, type Drawing } from "../scene/drawing.ts";
import type { Stage } from "../scene/stage.ts";
import { lookOfPage } from "../scene/look.ts";
import { asSvg } from "../scene/svg.ts";
import { written } from "../state/address.ts";
import { engineOf } from "../worker/engine.ts";

export interface Savable {
  /** The picture that a canvas shows. */
  stage?: () => Stage | null;
  /** The drawing that stands in the page by itself. */
  svg?: () => SVGSVGElement | null;
  /** The drawing as a table. */
  rows?: () => string[][];
  /** What the drawing's marks mean, to stand below it. */
  says?: readonly string[];
  /** The nodes that the view shows, where it has no canvas. */
  nodes?: () => readonly number[];
}

export function SaveMenu({ stage, svg, rows, says = [], nodes }: Savable) {
  const use = useApp();
  const { app, texts, set } = use;
  const [said, setSaid] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const name = app.model.scene.name;
  const say = (text: string): void => {
    setSaid(text);
    setTimeout(() => setSaid(""), 4000);
  };
  const turtle = async (): Promise<void> => {
    const drawing = stage?.()?.drawing;
    const shown = drawing ? [...drawing.node].filter((node) => node >= 0) : [...(nodes?.() ?? [])];
    say(texts.engine);
    try {
      const { turtle: text } = await engineOf().ask(selectionQuery(app.model, app.details?.prefixes ?? {}, shown));
      const left = app.details?.left ?? [];
      const said = left.length ? `# ${fill(texts.turtleReduced, { left: left.join(", ") })}\n` : "";
      save(fileName(`${name} ${texts.audience[app.model.scene.audience]}`, "ttl"), said + text, "text/turtle");
      setSaid("");
    } catch (problem) {
      say(String(problem instanceof Error ? problem.message : problem));
    }
  };
  const take = (what: string): void => {
    const on = stage?.() ?? null;
    const drawn = svg?.() ?? null;
    const look = lookOfPage(app.model.scene);
    const foot = [...says, ...footOf(use)];
    if (what === "png" && on) pngOf(on, foot, legendOf(use, on.drawing, look.colours))?.toBlob((blob) => blob && save(fileName(name, "png"), blob, "image/png"));
    else if (what === "svg" && on) save(fileName(name, "svg"), asSvg(on.drawing, look, name, foot, legendOf(use, on.drawing, look.colours)), "image/svg+xml");
    else if (what === "svg" && drawn) save(fileName(name, "svg"), svgOf(drawn, foot, look.ink, look.ground), "image/svg+xml");
    else if (what === "csv" && on) save(fileName(`${name} links`, "csv"), csv(linkRows(use, on.drawing)), "text/csv");
    else if (what === "png" && drawn) void pngOfSvg(svgOf(drawn, foot, look.ink, look.ground)).then((blob) => blob && save(fileName(name, "png"), blob, "image/png"));
    else if (what === "csv" && rows) save(fileName(`${name} ${texts.views.trace}`, "csv"), csv(rows()), "text/csv");
    else if (what === "ttl") void turtle();
    else if (what === "view") save(fileName(`${name} view`, "json"), `${JSON.stringify({ name, view: written(app.store.state, app) }, null, 2)}\n`, "application/json");
    else if (what === "open") file.current?.click();
    else if (what === "print") print();
  };
  const bring = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    try {
      const { view } = JSON.parse(await chosen.text()) as { view?: unknown };
      if (typeof view !== "string" || !view.startsWith("#v=")) throw new Error("view");
      app.go(view);
      set({});
    } catch {
      // The file is the reader's own: its content is not repeated, only what was expected is said.
      say(texts.noView);
    }
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href.replace(/#.*/, "") + written(app.store.state, app));
      say(texts.copied);
    } catch {
      // A frame of a notebook, or a reader who refused: nothing to mend here but to say where the link stands.
      say(texts.notCopied);
    }
  };
  const offered = [stage || svg ? "png" : "", stage || svg ? "svg" : "", stage || rows ? "csv" : "", engineOf().there && (stage || nodes) ? "ttl" : "", "view", "open", "print"].filter(Boolean) as (keyof typeof texts.exports)[];
  return (
    <>
      <output class="soft saved">{said}</output>
      <button type="button" onClick={() => void copy()}>{texts.copyLink}</button>
      <select class="save" aria-label={texts.export} value="" onChange={(event) => {
        take(event.currentTarget.value);
        event.currentTarget.value = "";
      }}>
        <option value="" disabled>{texts.export}</option>
        {offered.map((what) => <option key={what} value={what}>{texts.exports[what]}</option>)}
      </select>
      <input ref={file} type="file" class="unseen" accept=".json,application/json" tabIndex={-1} aria-label={texts.exports.open}
        onChange={(event) => { void bring(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
    </>
  );
}

/** The links that are drawn, as a table. */
function linkRows({ app, words }: Use, drawing: Drawing): string[][] {
  const rows = [["from", "relation", "to", "links"]];
  for (let line = 0; line < drawing.from.length; line++) {
    const said = (mark: number): string => (drawing.node[mark] >= 0 ? words.label(app.model, drawing.node[mark]) : drawing.label[mark]);
    rows.push([said(drawing.from[line]), [...new Set(edgesOf(drawing, line).map((edge) => app.model.relationOf(edge)))].join("; "), said(drawing.to[line]), String(drawing.weight[line])]);
  }
  return rows;
}
