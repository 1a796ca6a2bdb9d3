/* Unpacks the page's data and starts. The picture comes first, while the rest of the file is still being
   read; words and texts right after. */
import { render } from "preact";
import { App, AppContext } from "./app/app.ts";
import { textsOf } from "./app/texts.ts";
import { arrived, read, type Details, type Scene } from "./model/data.ts";
import { Shell } from "./views/Shell.tsx";
import { lookOfPage } from "./scene/look.ts";
import "./style.css";

async function start(page: HTMLElement): Promise<void> {
  const app = new App(await read<Scene>("scene"));
  const dress = (): void => {
    const root = document.documentElement;
    root.lang = app.store.state.language;
    root.dataset.theme = app.store.state.theme;
    const { dark } = lookOfPage(app.model.scene);
    for (const [kind, , day, night] of app.model.scene.kinds) root.style.setProperty(`--of-${kind}`, dark ? night : day);
  };
  // Only then: it asks for styles, which makes the browser compute them all.
  app.store.listen((state, before) => {
    if (state.language !== before.language || state.theme !== before.theme) dress();
  });
  // Paper is white, with its legend, whatever the screen shows.
  let screen = app.store.state.theme;
  addEventListener("beforeprint", () => {
    screen = app.store.state.theme;
    app.store.set({ theme: "light" });
    document.querySelectorAll<HTMLDetailsElement>("details.legend").forEach((fold) => (fold.open = true));
  });
  addEventListener("afterprint", () => app.store.set({ theme: screen }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  dress();
  render(
    <AppContext.Provider value={app}>
      <Shell />
    </AppContext.Provider>,
    page,
  );
  performance.mark("kg-first");
  // For the console and for tests: what the page holds.
  (globalThis as unknown as { kg: App }).kg = app;
  requestAnimationFrame(() => {
    setTimeout(() => {
      void arrived().then(() => read<Details>("details")).then((details) => {
        app.complete(details);
        performance.mark("kg-complete");
      });
    });
  });
}

const page = document.getElementById("page");
if (page)
  start(page).catch((problem: unknown) => {
    page.textContent = [textsOf("en").noStart, textsOf("fr").noStart].join(" ");
    throw problem;
  });
