// The toolbar over a text, and what is pasted into it. Both work on the Markdown in the field, so that
// what they do can be read, changed and taken back (Ctrl+Z) like anything typed.
"use strict";

for (const field of document.querySelectorAll("textarea[data-markdown]")) {
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");

  // `insertText` is what keeps the browser's own undo; where it is not there, the words are put in all the same.
  const put = (from, to, text, select = [text.length, text.length]) => {
    field.focus();
    field.setSelectionRange(from, to);
    const done = text === ""
      ? from === to || document.execCommand("delete")
      : document.execCommand("insertText", false, text);
    if (!done) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    field.setSelectionRange(from + select[0], from + select[1]);
  };

  const selection = () => {
    let [from, to] = [field.selectionStart, field.selectionEnd];
    const text = field.value.slice(from, to);
    // Marks of emphasis stand at words, not at the space beside them.
    from += text.length - text.trimStart().length;
    to -= from < to ? text.length - text.trimEnd().length : 0;
    return [from, Math.max(from, to)];
  };

  const wrap = (mark, example) => {
    const [from, to] = selection();
    const text = field.value.slice(from, to);
    const outside = field.value.slice(from - mark.length, from) === mark && field.value.slice(to, to + mark.length) === mark;
    const only = (at) => field.value[at] !== "*";
    const is_bold_only = mark === "*" && !only(from - 2) && only(from - 3);
    if (outside && !is_bold_only) {
      put(from - mark.length, to + mark.length, text, [0, text.length]);
    } else if (text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark) && !(mark === "*" && text.startsWith("**") && !text.startsWith("***"))) {
      const bare = text.slice(mark.length, -mark.length);
      put(from, to, bare, [0, bare.length]);
    } else {
      const words = text || example;
      put(from, to, mark + words + mark, [mark.length, mark.length + words.length]);
    }
  };

  // Whole lines: each gets its mark, or loses it where all of them have it.
  const lines = (has, add, bare = (line) => line.replace(has, "")) => {
    const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const last = field.selectionEnd > field.selectionStart && field.value[field.selectionEnd - 1] === "\n"
      ? field.selectionEnd - 1 : field.selectionEnd;
    const end = field.value.indexOf("\n", last);
    const to = end < 0 ? field.value.length : end;
    const all = field.value.slice(from, to).split("\n");
    const written = all.filter((line) => line.trim() !== "");
    const off = written.length > 0 && written.every((line) => has.test(line));
    let number = 0;
    const text = all
      .map((line) => (line.trim() === "" && all.length > 1 ? line : off ? bare(line) : add(bare(line), (number += 1))))
      .join("\n");
    // A list and a quotation begin after an empty line.
    const before = !off && from > 0 && field.value[from - 2] !== "\n" ? "\n" : "";
    put(from, to, before + text, text.includes("\n") ? [before.length, before.length + text.length] : undefined);
  };
  const MARKS = /^(#{1,6} |> ?|[-*+] |\d+[.)] )/;
  const strip = (line) => line.replace(MARKS, "");

  const link = () => {
    const [from, to] = selection();
    const text = field.value.slice(from, to);
    if (/^https?:\/\/\S+$/.test(text)) return put(from, to, `[](${text})`, [1, 1]);
    const words = text || "words";
    const address = "https://";
    const start = words.length + 3;
    put(from, to, `[${words}](${address})`, text ? [start, start + address.length] : [1, 1 + words.length]);
  };

  // The mention goes to where the cursor is, the note to the end; each with the next free number.
  const note = () => {
    const at = field.selectionEnd;
    const number = used() + 1;
    const rest = field.value.slice(at).trimEnd();
    const gap = /\n\[\^[^\]]+\]:[^\n]*$/.test("\n" + rest) ? "\n" : "\n\n";
    const head = `[^${number}]${rest}${gap}[^${number}]: `;
    put(at, field.value.length, head + "Its text.", [head.length, head.length + 9]);
    say(`Footnote ${number}: write its text here, at the end.`);
  };
  const used = () => Math.max(0, ...[...field.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1])));

  const say = (text) => { said.textContent = text; };

  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  const tools = [
    ["Heading", () => lines(/^#{1,6} /, (line) => "## " + line, strip), "Ctrl+Alt+2", { code: "Digit2", alt: true }],
    ["Bold", () => wrap("**", "words"), "Ctrl+B", { code: "KeyB" }],
    ["Italic", () => wrap("*", "words"), "Ctrl+I", { code: "KeyI" }],
    ["Quote", () => lines(/^> ?/, (line) => "> " + line, strip), "Ctrl+Shift+9", { code: "Digit9", shift: true }],
    ["List", () => lines(/^[-*+] /, (line) => "- " + line, strip), "Ctrl+Shift+8", { code: "Digit8", shift: true }],
    ["Numbered list", () => lines(/^\d+[.)] /, (line, n) => `${n}. ${line}`, strip), "Ctrl+Shift+7", { code: "Digit7", shift: true }],
    ["Link", link, "Ctrl+K", { code: "KeyK" }],
    ["Footnote", note, "Ctrl+Alt+F", { code: "KeyF", alt: true }],
  ];

  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Formatting of “${field.labels[0]?.textContent.trim() ?? "the text"}”`);
  bar.setAttribute("aria-controls", field.id);
  for (const [name, act, keys] of tools) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.tabIndex = bar.childElementCount === 0 ? 0 : -1;
    const shortcut = apple ? keys.replace("Ctrl", "Meta") : keys;
    button.setAttribute("aria-keyshortcuts", shortcut.replace("Ctrl", "Control"));
    button.title = apple ? keys.replace("Ctrl", "⌘").replace("Alt", "⌥").replace("Shift", "⇧") : keys;
    // The field keeps its selection, and the keyboard on a screen stays open.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", act);
    bar.append(button);
  }
  // One stop of the Tab key; the arrow keys go on (WAI-ARIA Authoring Practices, toolbar).
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
  bar.addEventListener("focusin", (event) => {
    for (const button of bar.querySelectorAll("button")) button.tabIndex = button === event.target ? 0 : -1;
  });
  field.before(bar);
  field.after(said);

  field.addEventListener("keydown", (event) => {
    // While a word is being composed, as in Chinese, every key belongs to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    if (!(apple ? event.metaKey : event.ctrlKey) || (apple ? event.ctrlKey : event.metaKey)) return;
    if (event.getModifierState("AltGraph")) return;
    const tool = tools.find(([, , , key]) => key.code === event.code && !!key.alt === event.altKey && !!key.shift === event.shiftKey);
    if (!tool) return;
    event.preventDefault();
    tool[1]();
  });

  // What comes with its formatting is made Markdown by the server. Ctrl+Shift+V pastes plain words, as
  // everywhere: then there is nothing rich to ask about.
  let plain = false;
  addEventListener("keydown", (event) => {
    if (event.code === "KeyV") plain = event.shiftKey;
  }, true);
  field.addEventListener("paste", async (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const words = event.clipboardData?.getData("text/plain") ?? "";
    if (plain || html === "" || !field.dataset.markdown) return;
    // Pictures that stand in the page itself, and Word's styles, are most of its size and none of its words.
    const slim = html
      .replace(/<style[\s\S]*?<\/style>/gi, "")
      .replace(/<!--\[if gte[\s\S]*?<!\[endif\]-->/gi, "")
      .replace(/(["'])data:image\/[^"']*\1/gi, '""');
    if (slim.length > 1_000_000) return say("This is too much for its formatting to be kept: it is pasted as plain words.");
    event.preventDefault();
    const [from, to, before] = [field.selectionStart, field.selectionEnd, field.value];
    field.setAttribute("aria-busy", "true");
    let text = words;
    let told = "";
    try {
      const answer = await fetch(field.dataset.markdown, {
        method: "POST",
        body: new URLSearchParams({ html: slim, notes_before: String(used()) }),
        signal: AbortSignal.timeout(8000),
      });
      const type = answer.headers.get("content-type") ?? "";
      if (answer.status === 200 && type.startsWith("text/plain")) {
        text = await answer.text();
        const pictures = Number(answer.headers.get("x-pictures-left-out") ?? 0);
        told = "Pasted with headings, lists, links and emphasis kept; " + (apple ? "⌘Z" : "Ctrl+Z") + " takes it back."
          + (pictures === 1 ? " One picture was left out." : pictures > 1 ? ` ${pictures} pictures were left out.` : "");
      } else if (answer.status !== 204) {
        told = "Pasted as plain words: its formatting could not be read.";
      }
    } catch {
      told = "Pasted as plain words: the server could not be reached to read its formatting.";
    }
    field.removeAttribute("aria-busy");
    // Somebody may have typed on meanwhile: then it goes to where they are now.
    const same = field.value === before;
    put(same ? from : field.selectionStart, same ? to : field.selectionEnd, text);
    say(told);
  });
}
