// The reader's own page beside the text, and what it weighs, as the words stand: asked of the server after a
// pause in typing, and kept by nobody. Without this, "Preview" shows the same page after a save.
"use strict";

for (const form of document.querySelectorAll("form[data-draft-preview]")) {
  const two = form.querySelector(".two");
  const weight = document.getElementById("weight");
  const wide = matchMedia("(min-width: 75rem)");
  const KEY = "onrecord.preview";

  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.textContent = "Preview beside the text";
  toggle.className = "beside-toggle";
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.querySelector(".bar .saved, .bar > :first-child")?.after(toggle, status);

  const side = document.createElement("div");
  side.className = "beside";
  side.hidden = true;
  const frame = document.createElement("iframe");
  frame.title = "Preview: the page as readers would get it";
  // Nothing in it runs, sends or leads away; we read its place to keep it.
  frame.setAttribute("sandbox", "allow-same-origin");
  side.append(frame);
  two.append(side);

  let on = false;
  let timer;
  let asked = 0;
  let shown = "";

  const show = (page) => {
    if (page === shown) return;
    const inside = frame.contentDocument;
    if (shown && inside?.body) {
      const next = new DOMParser().parseFromString(page, "text/html");
      const at = inside.scrollingElement?.scrollTop ?? 0;
      inside.documentElement.lang = next.documentElement.lang;
      inside.body.replaceWith(inside.importNode(next.body, true));
      if (inside.scrollingElement) inside.scrollingElement.scrollTop = at;
    } else {
      frame.srcdoc = page;
    }
    shown = page;
  };
  frame.addEventListener("load", () => {
    // Links show where they lead, and lead nowhere: only those within the page are followed.
    frame.contentDocument?.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link) return;
      event.preventDefault();
      const to = link.getAttribute("href");
      if (to.startsWith("#")) frame.contentDocument.getElementById(to.slice(1))?.scrollIntoView();
    });
  });

  const weigh = (answer) => {
    const said = answer.headers.get("x-page-weight");
    if (!said || !weight) return;
    weight.hidden = false;
    const heavy = said.startsWith("heavy ");
    const text = said.replace(/^(heavy|light) /, "");
    weight.classList.toggle("heavy", heavy);
    if (weight.textContent.trim() !== text) weight.textContent = text;
  };

  // The page's token stays here: nothing of this is to be kept.
  const words = () => {
    const data = new FormData(form);
    data.delete("edit_token");
    return new URLSearchParams(data);
  };

  // A statement that was begun by saving itself has an address of its own from then on.
  const address = () => {
    const action = form.getAttribute("action");
    return action === form.dataset.begins ? form.dataset.draftPreview : `${action}/draft-preview`;
  };

  const ask = async () => {
    const turn = (asked += 1);
    try {
      const answer = await fetch(address(), { method: "POST", body: words() });
      if (turn !== asked || !answer.ok || !answer.headers.has("x-page-weight")) {
        if (turn === asked && on) status.textContent = "The preview could not be brought up to date.";
        return;
      }
      weigh(answer);
      if (on) show(await answer.text());
    } catch {
      if (on) status.textContent = "The preview could not be brought up to date.";
    }
  };
  const soon = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(ask, ms);
  };
  form.addEventListener("input", (event) => {
    if (!event.isComposing) soon(on ? 600 : 4000);
  });
  form.addEventListener("compositionend", () => soon(on ? 600 : 4000));

  const set = (wanted) => {
    on = wanted && wide.matches;
    toggle.hidden = !wide.matches;
    toggle.setAttribute("aria-pressed", String(on));
    side.hidden = !on;
    two.classList.toggle("with-preview", on);
    document.body.classList.toggle("with-preview", on);
    if (on) ask();
  };
  const kept = () => { try { return localStorage.getItem(KEY) === "beside"; } catch { return false; } };
  toggle.addEventListener("click", () => {
    try { localStorage.setItem(KEY, on ? "" : "beside"); } catch { /* then it is not remembered */ }
    set(!on);
  });
  wide.addEventListener("change", () => set(kept()));
  set(kept());
}
