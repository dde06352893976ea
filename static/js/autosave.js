/* Saves a card while it is being written. Without this file its button does the same. What the portal refuses stays in
   the fields, with one sentence beside them; what cannot be sent now is sent again until it arrives. Whoever leaves
   before is asked, and the button does not send anybody to a page that cannot be reached. */
const form = document.querySelector("form[data-autosave]");
const notice = form?.querySelector("[data-autosave-says]");
const PAUSE = 1500, AGAIN = 5000;
/* A field of the card is called "action" and hides the form's own property. */
let address = form?.getAttribute("action");
let dirty = false, isSaved = true, busy = false, stopped = false, pressed = null, timer;

/* Kept in sight at the foot of the page, where it has a line of its own. */
function say(words) {
  notice.textContent = words;
  notice.parentElement.hidden = false;
}

function later(wait) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(save, wait);
}

async function save() {
  if (busy || !dirty || stopped) return;
  busy = true;
  dirty = false;
  try {
    const answer = await fetch(address, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
    });
    const reply = await answer.json();
    say(reply.says);
    isSaved = answer.ok && !dirty;
    if (isSaved) form.dispatchEvent(new CustomEvent("autosaved"));
    if (answer.ok) {
      form.elements.version.value = reply.version;
      if (address !== reply.address) {
        address = reply.address;
        form.setAttribute("action", address);
        history.replaceState(null, "", address);
      }
    } else if (answer.status === 409) stopped = true;
  } catch {
    dirty = true;
    say(form.dataset.autosaveLost);
    later(AGAIN);
  }
  busy = false;
  const button = pressed;
  pressed = null;
  if (button) form.requestSubmit(button);
  else if (dirty) later(PAUSE);
}

/* Where a page says what comes next, its button saves first and only then goes on: a connection that is lost between two
   pages takes no words along. What is refused is shown whole by the portal. */
async function leave(next) {
  clearTimeout(timer);
  dirty = true;
  await save();
  if (isSaved) location.assign(next);
  else if (!dirty) {
    isSaved = true;
    HTMLFormElement.prototype.submit.call(form);
  }
}

if (form && notice) {
  form.addEventListener("input", () => { dirty = true; isSaved = false; later(PAUSE); });
  form.addEventListener("submit", (event) => {
    if (busy) pressed = event.submitter ?? form.querySelector("button");
    else if (navigator.onLine && form.dataset.autosaveNext && !stopped) leave(form.dataset.autosaveNext);
    else if (navigator.onLine) {
      stopped = isSaved = true;
      return clearTimeout(timer);
    } else say(form.dataset.autosaveLost);
    event.preventDefault();
  });
  addEventListener("online", () => later(0));
  addEventListener("beforeunload", (event) => { if (!isSaved) event.preventDefault(); });
}
