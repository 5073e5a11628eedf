// In every page of the preview: wait for news, show the page made again, or what is wrong meanwhile.
"use strict";
(() => {
  let { empreinte, cadre } = document.currentScript.dataset;
  const AGAIN = 1000; // milliseconds before asking again a preview that does not answer
  const KEY = "smde-defilement";
  let seen = "";

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

  // The words of the page take the place of the former ones; what surrounds them has scripts at work, which stay.
  async function renew() {
    const words = await (await fetch(location.href, { cache: "no-store" })).text();
    const fresh = new DOMParser().parseFromString(words, "text/html");
    const [shown, page] = [document, fresh].map((from) => from.querySelector("article > .page"));
    const marks = fresh.querySelector("script[data-cadre]").dataset;
    if (!shown || !page || marks.cadre !== cadre) return reload();
    ({ empreinte } = marks);
    document.title = fresh.title;
    const folds = (from) => [...from.querySelectorAll("details")];
    const former = folds(shown);
    folds(page).forEach((fold, rank) => (fold.open = former[rank]?.open ?? fold.open));
    shown.replaceWith(page);
    dispatchEvent(new Event("resize")); // what measures the page measures it again
  }

  function reload() {
    sessionStorage.setItem(KEY, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
    return new Promise(() => {}); // the page is left: nothing more is done here
  }

  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  sessionStorage.removeItem(KEY);
  function scrollBack() {
    if (kept[0] === location.pathname) scrollTo({ left: kept[1], top: kept[2], behavior: "instant" });
  }

  // Only a page that is seen asks: a browser keeps few connections open to one address.
  function seenAgain() {
    if (!document.hidden) return Promise.resolve();
    return new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));
  }

  async function listen() {
    for (;;) {
      await seenAgain();
      try {
        const query = new URLSearchParams({ page: decodeURI(location.pathname), vu: seen });
        const news = await (await fetch("/__smde/nouvelles?" + query, { cache: "no-store" })).json();
        if (news.empreinte !== empreinte) await renew();
        show(news.fautes);
        seen = news.vu;
      } catch {
        seen = "";
        show("L’aperçu est arrêté : relancez-le dans le terminal.");
        await new Promise((go) => setTimeout(go, AGAIN));
      }
    }
  }

  scrollBack();
  addEventListener("load", scrollBack, { once: true });
  listen();
})();
