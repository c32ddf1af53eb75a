// Narrows a table while somebody types; without this the button does. The rows carry their words folded
// by the server; what is typed is folded as far as a browser can.
"use strict";

for (const find of document.querySelectorAll("input[data-narrows]")) {
  const table = document.getElementById(find.dataset.narrows);
  const found = document.querySelector(`[data-found="${find.dataset.narrows}"]`);
  if (!table || !found) continue;
  const rows = [...table.querySelectorAll("tbody tr")];
  const typedBefore = find.value;
  find.addEventListener("input", () => {
    // What the server has narrowed already cannot be widened here.
    if (typedBefore !== "") return;
    const folded = find.value.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    const words = folded.split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.dataset.words.includes(word));
      if (!row.hidden) shown += 1;
    }
    found.textContent = find.value.trim() === "" ? "" : shown === 0 ? "No topic is like that." : `${shown} found.`;
  });
}
