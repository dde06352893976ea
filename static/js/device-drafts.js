/* Keeps on this device what was written and could not be saved, also over a closed window: per person, meeting and point,
   until it is saved, let go of or the person signs out; never longer than a week. What comes back goes into the field
   with the version it was written upon, so that the portal shows both texts where somebody wrote meanwhile. Without this
   file what is saved is saved, and nothing else is kept. */
const form = document.querySelector("form[data-keeps]");
const ALL = "notes/", WEEK = 7 * 24 * 3600 * 1000;

/* A browser may refuse to keep anything for pages: then nothing is kept here. */
function read(key) {
  try { return JSON.parse(localStorage.getItem(key)) } catch { return null }
}

function write(key, words) {
  try { localStorage.setItem(key, JSON.stringify(words)) } catch { /* full, or not allowed */ }
}

function forget(unless = () => false) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(ALL) && !unless(key)) localStorage.removeItem(key);
  } catch { /* not allowed */ }
}

function same(one, other) {
  const plain = (words) => words.replaceAll("\r\n", "\n").trim();
  return plain(one) === plain(other);
}

function watch() {
  const field = form.elements.body, version = form.elements.version, offer = document.querySelector("[data-keeps-offer]");
  const begun = field.value, key = form.dataset.keeps;
  const was = "keepsUnsaved" in form.dataset ? null : read(key) ?? read(`${key}+`);
  /* What is written while an earlier text waits to be taken or let go of does not take its place. */
  const place = () => (offer.hidden ? key : `${key}+`);
  const keep = () => write(place(), { body: field.value, version: version.value, at: Date.now() });
  const drop = () => { localStorage.removeItem(read(key) ? key : `${key}+`) };

  if ("keepsUnsaved" in form.dataset) keep();
  if (was && same(was.body, begun)) drop();
  else if (was) {
    offer.querySelector("[data-keeps-words]").value = was.body;
    offer.querySelector("[data-keeps-at]").textContent = new Date(was.at).toLocaleString(document.documentElement.lang);
    offer.querySelector("[data-keeps-newer]").hidden = was.version === version.value;
    offer.hidden = false;
  }
  form.addEventListener("input", keep);
  form.addEventListener("autosaved", () => localStorage.removeItem(place()));
  offer.addEventListener("click", ({ target }) => {
    if (!target.matches("button")) return;
    drop();
    offer.hidden = true;
    if ("keepsTake" in target.dataset) {
      if (same(field.value, begun)) {
        field.value = was.body;
        version.value = was.version;
      } else field.value += `\n\n${was.body}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.focus();
  });
}

forget((key) => Date.now() - read(key)?.at < WEEK);
if (form) watch();
document.addEventListener("submit", ({ target }) => { if ("keepsForget" in target.dataset) forget() });
