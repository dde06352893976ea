/* Keeps the room's page up to date, and lets whoever leads it do so from the keyboard. Without this file the page shows
   the same when it is loaded again, and its links and buttons do the same. */
const now = document.querySelector("[data-now]");
const lost = document.querySelector("[data-now-lost]");
const EVERY = 4000;

async function look() {
  /* What somebody is writing, or about to press, is not taken from under their fingers. */
  if (!now.contains(document.activeElement)) {
    try {
      const answer = await fetch(now.dataset.now, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (!now.contains(document.activeElement)) now.innerHTML = text;
      lost.hidden = true;
    } catch {
      lost.textContent = now.dataset.lost;
      lost.hidden = false;
    }
  }
  setTimeout(look, EVERY);
}

function go(verb, words, apart) {
  if (words && "takesWords" in verb.dataset) {
    const address = new URL(verb.href);
    address.searchParams.set("words", words.slice(0, 240));
    verb.href = address;
  }
  if (apart) open(verb.href, "_blank", "noopener");
  else verb.click();
}

/* One letter, where it is switched on and nobody is writing: a marked sentence goes along. */
const keys = document.querySelector("[data-keys]");
function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input:not([data-keys]), textarea, select")) return;
  const verb = keys.checked && document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!verb) return;
  event.preventDefault();
  go(verb, String(getSelection()).trim());
}

/* While the minutes are written: Ctrl+Enter takes the marked words, or the line, into a decision in a page of its own,
   and with Shift into an action. The links do the same for whoever points. */
const writing = document.querySelector("textarea[name=body]"), took = document.querySelector("[data-took]");
const takes = took ? [...document.querySelectorAll("[data-takes-words]")] : [];
function sentence() {
  const { value, selectionStart: from, selectionEnd: to } = writing;
  if (from !== to) return value.slice(from, to).trim();
  const end = value.indexOf("\n", from);
  return value.slice(value.lastIndexOf("\n", from - 1) + 1, end < 0 ? undefined : end).replace(/^[-*#\s]+/, "").trim();
}

function take(link) {
  const words = sentence();
  go(link, words, true);
  took.textContent = `${took.dataset.took} ${words}`;
}

if (now) setTimeout(look, EVERY);
if (keys) {
  keys.checked = localStorage.getItem("room-keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("room-keys", keys.checked ? "on" : "off"));
  document.addEventListener("keydown", press);
}
if (writing && took) {
  writing.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter") return;
    event.preventDefault();
    take(takes.find((link) => link.dataset.takesWords === (event.shiftKey ? "Shift+Enter" : "Enter")));
  });
  for (const link of takes) link.addEventListener("click", (event) => { event.preventDefault(); take(link) });
}
