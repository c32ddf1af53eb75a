// Pictures and files in the editor. Without this, the panel shows lines to copy; with it, a button puts
// them in at the caret, and files can be chosen, dropped or pasted. An upload is a request of its own:
// whatever becomes of it, the text stays as it is.
"use strict";

for (const panel of document.querySelectorAll("[data-media]")) {
  const text = document.getElementById("body");
  const items = panel.querySelector("[data-items]");
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  items.before(status);
  const library = panel.dataset.library;
  if (!text) continue;

  const say = (words) => { status.textContent = words; };
  const wait = new AbortController();
  addEventListener("pagehide", () => wait.abort());

  // Puts a line in at the caret, by itself. The caret ends up between the brackets.
  const insert = (markdown, own = true) => {
    const { selectionStart: start, selectionEnd: end, value } = text;
    const before = own && start > 0 ? (value.slice(0, start).endsWith("\n\n") ? "" : value[start - 1] === "\n" ? "\n" : "\n\n") : "";
    const after = own && !value.slice(end).startsWith("\n") ? "\n\n" : "";
    text.focus();
    const line = before + markdown + after;
    // This way the browser's own undo knows of it.
    if (!document.execCommand("insertText", false, line)) {
      text.setRangeText(line, start, end, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const from = start + before.length + markdown.indexOf("[") + 1;
    text.setSelectionRange(from, start + before.length + markdown.indexOf("]"));
  };

  const dress = () => {
    for (const item of items.querySelectorAll("[data-medium]")) {
      for (const link of item.querySelectorAll("a")) link.target = "_blank";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Insert";
      button.setAttribute("aria-label", `Insert ${item.querySelector("p a").textContent}`);
      const markdown = item.dataset.markdown;
      button.addEventListener("click", () => insert(markdown, markdown.startsWith("!")));
      item.append(button);
    }
  };

  const look = async (words) => {
    const address = `${library}?${new URLSearchParams({ text: words })}`;
    const answer = await fetch(address, { signal: wait.signal });
    if (!answer.ok || answer.redirected) throw new Error();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector(".media-items");
    items.replaceChildren(...(found ? [document.adoptNode(found)] : []));
    dress();
    return items.querySelectorAll("[data-medium]").length;
  };

  const upload = async (file) => {
    panel.open = true;
    say(`Uploading ${file.name}…`);
    const form = new FormData();
    form.append("file", file);
    let answer, told;
    try {
      answer = await fetch(library, { method: "POST", body: form, headers: { Accept: "application/json" }, signal: wait.signal });
      told = await answer.json();
    } catch {
      say(answer?.status === 403
        ? `${file.name} was not uploaded: you have been signed out. Sign in in another tab, then try again. Your text stays here.`
        : `${file.name} was not uploaded: the site cannot be reached just now. Your text stays here. Please try again.`);
      return;
    }
    if (!answer.ok) {
      say(`${file.name} was not uploaded. ${told.problem ?? "Please try again."}`);
      return;
    }
    insert(told.markdown, told.isPicture);
    const next = told.isPicture
      ? "Now write between the brackets what it shows. If it only decorates, say so on its own page."
      : "Now write the words of the link between the brackets.";
    say([`${file.name} is uploaded and stands in the text.`, ...told.warnings, next].join(" "));
    look("").catch(() => {});
  };

  // One after the other: each is drawn anew on the server, which takes a moment.
  const uploadAll = async (files) => { for (const file of files) await upload(file); };

  const field = (label, input) => {
    const box = document.createElement("div");
    const name = document.createElement("label");
    box.className = "field";
    name.textContent = label;
    name.htmlFor = input.id;
    box.append(name, input);
    return box;
  };
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.id = "upload-here";
  chooser.multiple = true;
  chooser.accept = "image/jpeg,image/png,image/webp,application/pdf";
  chooser.addEventListener("input", (event) => event.stopPropagation());
  chooser.addEventListener("change", async () => {
    const files = [...chooser.files];
    chooser.value = "";
    await uploadAll(files);
  });
  const find = document.createElement("input");
  find.type = "search";
  find.id = "find-media";
  find.autocomplete = "off";
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look(find.value)
      .then((count) => say(count ? `${count} found.` : "Nothing fits."))
      .catch(() => say("The list cannot be read just now."));
  });
  find.addEventListener("input", (event) => event.stopPropagation());
  panel.querySelector("[data-how]").textContent =
    "Put the caret where it belongs, then press Insert. Files can also be dropped or pasted into the text: a JPEG, PNG or WebP picture of at most 20 MB, or a PDF of at most 50 MB.";
  status.before(field("Upload", chooser), field("Find, then Enter", find));
  dress();

  const hasFiles = (transfer) => [...(transfer?.types ?? [])].includes("Files");
  text.addEventListener("dragover", (event) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  });
  text.addEventListener("drop", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    uploadAll([...event.dataTransfer.files]);
  });
  text.addEventListener("paste", (event) => {
    const types = [...event.clipboardData.types];
    // A word processor puts a picture of its words beside them: then the words are meant.
    if (!types.includes("Files") || types.some((type) => type.startsWith("text/"))) return;
    event.preventDefault();
    uploadAll([...event.clipboardData.files]);
  });
}
