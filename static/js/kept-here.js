/* Keeps what is being written in this browser until the house has it, so that a lost connection and a closed tab lose
   nothing. Nothing is put over what somebody else wrote meanwhile: what was kept is offered, and taken by hand. */
const form = document.querySelector("form[data-kept-here]");
const offer = document.querySelector("[data-kept-offer]");
const DAYS = 7 * 864e5;

function read(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return found && Date.now() - found.at < DAYS ? found : null;
  } catch {
    return null;
  }
}

if (form && offer) {
  const key = form.dataset.keptHere, field = form.elements.body, version = () => form.elements.version.value;
  const forget = () => localStorage.removeItem(key);
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), body: field.value, version: version() }));
    } catch { /* a browser that keeps nothing: the page itself still does */ }
  };
  const found = read(key);
  const arrived = !found || found.body.trim() === field.value.trim() || (found.sent && found.version !== version());
  if (arrived) forget();
  else {
    offer.hidden = false;
    offer.addEventListener("click", ({ target }) => {
      const take = target.closest("[data-kept-take]");
      if (!take && !target.closest("[data-kept-drop]")) return;
      offer.hidden = true;
      if (!take) return forget();
      field.value = field.value.trim() && found.version !== version() ? `${field.value.trimEnd()}\n\n${found.body}` : found.body;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  form.addEventListener("input", keep);
  form.addEventListener("house:saved", () => (offer.hidden ? forget() : null));
  form.addEventListener("submit", () => {
    const last = read(key);
    if (last) localStorage.setItem(key, JSON.stringify({ ...last, sent: true }));
  });
}
