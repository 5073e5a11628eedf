// In every page of the preview: ask for news, reload when the site was made again, show what is wrong meanwhile.
"use strict";
(() => {
  const script = document.currentScript;
  const known = Number(script.dataset.tour);
  const PERIOD = 500; // milliseconds
  const KEY = "smde-defilement";

  function show(faults) {
    let panel = document.getElementById("smde-fautes");
    if (!faults) {
      panel?.remove();
      return;
    }
    if (!panel) {
      panel = document.createElement("div");
      panel.id = "smde-fautes";
      panel.setAttribute("role", "alert");
      panel.style.cssText =
        "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99;padding:1rem;" +
        "background:#fff4f0;color:#1f2933;border-top:4px solid #b42318;" +
        "font:14px/1.5 monospace;white-space:pre-wrap;overflow-wrap:anywhere";
      document.body.appendChild(panel);
    }
    if (panel.textContent !== faults) panel.textContent = faults;
  }

  function reload() {
    sessionStorage.setItem(KEY, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  function keepScrolling() {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (!kept) return;
    const [path, x, y] = JSON.parse(kept);
    if (path === location.pathname) scrollTo(x, y);
  }

  async function ask() {
    try {
      const state = await (await fetch("/__smde/etat", { cache: "no-store" })).json();
      if (state.tour !== known && !state.fautes) return reload();
      show(state.fautes);
    } catch {
      show("L’aperçu est arrêté : relancez-le dans le terminal.");
    }
    setTimeout(ask, PERIOD);
  }

  addEventListener("load", keepScrolling);
  ask();
})();
