// Asks the browser for a passkey, and sends its answer as the form that the button stands in. Where the
// browser has none, or this does not run, the page offers its other ways.
"use strict";

(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  // The server's JSON as the browser wants it; browsers before 2025 leave that to the page.
  const read = {
    create: (json) => PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
      ...json,
      challenge: bytes(json.challenge),
      user: { ...json.user, id: bytes(json.user.id) },
      excludeCredentials: (json.excludeCredentials ?? []).map((key) => ({ ...key, id: bytes(key.id) })),
    },
    get: (json) => PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
      ...json,
      challenge: bytes(json.challenge),
      allowCredentials: (json.allowCredentials ?? []).map((key) => ({ ...key, id: bytes(key.id) })),
    },
  };

  // The answer by hand: some password managers give one that has no toJSON.
  const written = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      const value = credential.response[name];
      if (value) response[name] = text(value);
    }
    const { id, type } = credential;
    return JSON.stringify({ id, rawId: text(credential.rawId), type, response, clientExtensionResults: {} });
  };

  const WHY = {
    NotAllowedError: "Nothing was chosen, or it took too long. Nothing has changed: try again, or use another way.",
    InvalidStateError: "This device has a passkey for you here already.",
    SecurityError: "This page is at another address than the site’s own, and passkeys work only there.",
  };

  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential || !navigator.credentials) continue;
    const { form } = button;
    const said = form.querySelector("[data-passkey-said]");
    const say = (words) => { said.textContent = words; };
    button.hidden = false;
    form.querySelector("[data-no-passkey]")?.remove();

    const ask = async () => {
      const step = form.elements.step?.value ?? "";
      const answer = await fetch(button.dataset.question, { method: "POST", body: new URLSearchParams({ step }) });
      const is_json = answer.headers.get("content-type")?.startsWith("application/json");
      const json = is_json ? await answer.json() : {};
      if (json.go) { location.assign(json.go); return undefined; }
      if (!answer.ok) throw new Error(json.said ?? "The site did not answer as it should. Please load this page again.");
      return json;
    };

    const through = async () => {
      const kind = button.dataset.passkey;
      const asked = await ask();
      if (!asked) return;
      say("Waiting for your device…");
      const credential = await navigator.credentials[kind]({ publicKey: read[kind](asked.options) });
      form.elements.ceremony.value = asked.ceremony;
      form.elements.answer.value = written(credential);
      say("One moment…");
      form.action = button.dataset.action;
      form.noValidate = true;
      form.requestSubmit();
    };

    // The button is none that sends: Enter in a field goes its own way, or, where there is no other, this one.
    if (button.dataset.passkey === "create") {
      form.addEventListener("submit", (event) => {
        if (form.elements.answer.value === "") {
          event.preventDefault();
          button.click();
        }
      });
    }

    button.addEventListener("click", async () => {
      // Not `disabled`: that would take the focus away from whoever uses the keyboard.
      if (button.getAttribute("aria-disabled") === "true") return;
      button.setAttribute("aria-disabled", "true");
      say("");
      try {
        await through();
      } catch (error) {
        say(WHY[error.name] ?? error.message);
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
  }
})();
