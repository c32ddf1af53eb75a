// The editor saves by itself a few seconds after typing stops. Without this the buttons do it. What the
// server does not take stays in the page, is said to be unsaved, and is sent again.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  const line = document.getElementById("saved-state");
  if (!form || !line) return;

  const PAUSE = 3000, MOST = 15000, AFTER_FAILURE = [4000, 8000, 15000, 30000], PATIENCE = 30000, SEEN = 45000;
  const field = (name) => form.querySelector(`[name="${name}"]`);
  const hidden = (name, value) => {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(input);
    return input;
  };

  let unsaved = false;     // typed, and not known to be saved
  let firstTyped = 0;      // when the oldest of it was typed
  let typedAgain = false;  // something was typed while a save was under way
  let underWay = null;     // the save that is under way
  let failures = 0;
  let timer = 0;
  let notice = "";         // what a save changed besides the words
  const unanswered = [];   // saves whose answer never came

  // --- what is said
  const say = (...parts) => {
    const text = parts.map((part) => part.textContent ?? part).join("");
    if (line.textContent === text) return;
    line.replaceChildren(...parts);
  };
  const clock = (at) => at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const kept = (answer) => answer?.kept ? " A copy is kept on the server." : " Your words are on this page.";

  // --- when to save
  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  const touched = () => {
    if (!unsaved) firstTyped = Date.now();
    unsaved = true;
    typedAgain = true;
    if (!failures) plan(Math.max(0, Math.min(PAUSE, firstTyped + MOST - Date.now())));
  };
  form.addEventListener("input", (event) => { if (event.target.name) touched(); });
  form.addEventListener("change", (event) => { if (event.target.name) touched(); });

  const isEmpty = () => ["title", "summary", "body", "sign_off", "credit"].every((name) => !field(name)?.value.trim());
  const isNew = () => !field("based_on").value;

  // --- saving
  async function save() {
    if (underWay || !unsaved || (isNew() && isEmpty())) return;
    typedAgain = false;
    const data = new URLSearchParams(new FormData(form));
    const name = crypto.getRandomValues(new Uint32Array(2)).join("-");
    data.set("then", "autosave");
    data.set("sent", name);
    for (const earlier of unanswered) data.append("unanswered", earlier);
    const body = data.toString();
    if (body.length > Number(form.dataset.most)) {
      failed("it is longer than this desk takes at once. Please make it shorter, or divide it.");
      return;
    }
    underWay = send(name, data, body).finally(() => { underWay = null; });
    await underWay;
    if (unsaved && !failures) plan(PAUSE);
  }

  async function send(name, data, body) {
    let response;
    unanswered.push(name);
    try {
      response = await fetch(form.getAttribute("action"), {
        method: "POST",
        headers: { "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        body,
        credentials: "same-origin",
        redirect: "error",
        keepalive: body.length < 60000,
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      failed(navigator.onLine === false ? "there is no connection." : "the server cannot be reached.", null);
      return;
    }
    let answer = null;
    try { answer = await response.json(); } catch { /* a page, not an answer */ }
    if (!answer || typeof answer.saved !== "boolean") {
      failed(response.status === 503 ? "the database cannot be reached just now." : "the server did not take it.", null);
      return;
    }
    if (answer.saved) {
      unanswered.length = 0;
      succeeded(answer, data);
      return;
    }
    // Refused for sure; a server that failed may have saved it all the same.
    if (response.status < 500) unanswered.splice(unanswered.indexOf(name), 1);
    refused(answer);
  }

  function succeeded(answer, sent) {
    failures = 0;
    field("based_on").value = answer.based_on;
    if (isNewPage()) begin(answer);
    if (field("number").value === sent.get("number")) field("number").value = answer.number;
    // What was sent is what was: only what is typed after it changes it again.
    for (const was of ["number", "kind", "issued_on"]) field(`was.${was}`).value = sent.get(was) ?? "";
    field("was.number").value = answer.number;
    const topicsWait = answer.topics_wait && differ(sent.getAll("topics"), sent.getAll("was.topics"));
    if (!answer.topics_wait) {
      for (const old of form.querySelectorAll("[name='was.topics']")) old.remove();
      for (const topic of sent.getAll("topics")) hidden("was.topics", topic);
    }
    // Said until the page is left: it may have been the work of weeks.
    if (answer.notice) notice = ` ${answer.notice}`;
    say(`Saved ${clock(new Date(answer.saved_at))} · ${answer.standing} · No. ${answer.number}.${notice}`
      + (topicsWait ? " Topics show to readers at once: press Save to change them." : ""));
    if (!typedAgain && !topicsWait) {
      unsaved = false;
      form.dispatchEvent(new Event("saved"));
    } else {
      firstTyped = Date.now();
      unsaved = typedAgain;
    }
  }

  const differ = (one, other) => [...one].sort().join() !== [...other].sort().join();
  const isNewPage = () => form.getAttribute("action") === form.dataset.begins;

  // The first save of a new statement begins it; from now on this is its page.
  function begin(answer) {
    form.setAttribute("action", answer.action);
    history.replaceState(history.state, "", answer.action);
    const locale = field("locale");
    if (locale) {
      locale.disabled = true;
      locale.title = "The language of the original was chosen when the statement was begun.";
    }
  }

  function refused(answer) {
    if (answer.sign_in) {
      const link = Object.assign(document.createElement("a"), {
        href: answer.sign_in, target: "_blank", textContent: "Sign in in another tab",
      });
      failed("you have been signed out. ", answer, link, ", and this page goes on by itself.");
    } else if (answer.stale) {
      failed("somebody saved this text meanwhile. Press Save to bring both together.", answer);
    } else {
      failed(answer.reason, answer);
    }
  }

  function failed(reason, answer, ...more) {
    const wait = AFTER_FAILURE[Math.min(failures, AFTER_FAILURE.length - 1)];
    failures += 1;
    say(`Not saved: ${reason}`, ...more, kept(answer));
    plan(wait);
  }

  // --- by hand: a save that is under way is waited for, so that two of one page do not meet
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (underWay) {
      event.preventDefault();
      const button = event.submitter;
      underWay.then(() => form.requestSubmit(button));
      return;
    }
    for (const earlier of unanswered) hidden("unanswered", earlier);
    unsaved = false;
  });

  // --- coming and going
  addEventListener("online", () => { if (unsaved) plan(0); });
  addEventListener("focus", () => { if (unsaved && failures) plan(500); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && unsaved) save();
    if (document.visibilityState === "visible") look();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });

  // --- who else is here, and whether this page is still the newest
  async function look() {
    const at = form.dataset.presence || (isNewPage() ? "" : `${form.getAttribute("action")}/presence`);
    if (!at || document.visibilityState === "hidden") return;
    try {
      const response = await fetch(at, { method: "POST", headers: { "Accept": "application/json" } });
      if (!response.ok) return;
      const { also, latest } = await response.json();
      const names = also.map(({ name, since }) => `${name}, since ${clock(new Date(since))}`);
      const text = names.length ? `Also open: ${names.join("; ")}.` : "";
      const place = document.getElementById("also");
      if (place && place.textContent !== text) place.textContent = text;
      if (!unsaved && !underWay && latest && latest !== field("based_on").value) {
        say("This text was saved elsewhere since this page was opened. Reload the page to see it.");
      }
    } catch { /* the next look will tell */ }
  }
  setInterval(look, SEEN);

  // A browser that brings typed words back after a reload brings back what may be older than what is saved.
  const restored = [...form.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
  if (restored) say("Your browser brought back words that were typed here before. They are not saved: press Save if you want them.");
})();
