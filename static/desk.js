// The desk works without this. It puts times into the reader's own zone, warns before typed words are
// left behind, and makes a long list of topics quick to search by keyboard.
"use strict";

for (const time of document.querySelectorAll("time[datetime*='T']")) {
  const at = new Date(time.dateTime);
  const sameDay = at.toDateString() === new Date().toDateString();
  time.title = time.textContent;
  time.textContent = sameDay
    ? at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

// A menu closes with Escape, and when something else is clicked or reached.
for (const menu of document.querySelectorAll("[data-menu]")) {
  const close = () => { menu.open = false; };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  addEventListener("click", (event) => { if (!menu.contains(event.target)) close(); });
}

// What has to be mended is read out and reached first.
document.getElementById("problems")?.focus();

for (const form of document.querySelectorAll("form[data-guard]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  // What the page has saved by itself can be left behind.
  form.addEventListener("saved", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
}

for (const picker of document.querySelectorAll("[data-picker]")) {
  const list = picker.querySelector(".choices");
  const choices = [...list.querySelectorAll("label")];
  const count = picker.querySelector("[data-count]");
  const box = (choice) => choice.querySelector("input");

  const label = document.createElement("label");
  label.textContent = "Find a topic";
  label.htmlFor = "find-topic";
  const find = document.createElement("input");
  find.type = "search";
  find.id = "find-topic";
  find.autocomplete = "off";
  find.setAttribute("aria-describedby", "found-topics");
  const found = document.createElement("p");
  found.id = "found-topics";
  found.className = "hint";
  found.setAttribute("role", "status");
  found.textContent = "Type a part of its name, then Enter. Arrow keys go through the list.";
  list.before(label, find, found);

  const shown = () => choices.filter((choice) => !choice.hidden);
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/);
    for (const choice of choices) {
      choice.hidden = !words.every((word) => choice.dataset.words.includes(word));
    }
    const first = shown()[0];
    found.textContent = first
      ? `${shown().length} found. Enter takes “${first.textContent.trim()}”.`
      : "No topic is called like that.";
  });
  find.addEventListener("keydown", (event) => {
    const first = shown()[0];
    if (event.key === "Enter") {
      event.preventDefault();
      if (!first || find.value.trim() === "") return;
      box(first).checked = !box(first).checked;
      box(first).dispatchEvent(new Event("input", { bubbles: true }));
      list.prepend(first);
      found.textContent = `“${first.textContent.trim()}” ${box(first).checked ? "chosen" : "taken off"}.`;
      find.value = "";
      for (const choice of choices) choice.hidden = false;
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      box(first).focus();
    }
  });
  // The list is one stop on the way of the Tab key, not a hundred: the arrow keys go through it.
  for (const choice of choices) box(choice).tabIndex = -1;
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const boxes = [...list.querySelectorAll("label:not([hidden]) input")];
    const to = boxes.indexOf(document.activeElement) + step;
    (to < 0 ? find : boxes[Math.min(to, boxes.length - 1)])?.focus();
  });
  picker.addEventListener("input", () => {
    count.textContent = choices.filter((choice) => box(choice).checked).length;
  });
}
