/* Sets the agenda in order with a pointer: a grip beside the buttons, for mouse, pen and finger. What is posted is what
   the buttons post, with the order that was seen. Without this file, and for keyboards, the buttons do it. */
const mould = document.querySelector("template[data-grip]");

function drag(pointer, row) {
  const list = row.parentElement, form = row.querySelector("[data-acts] form"), before = row.nextElementSibling;
  const place = () => [...list.children].indexOf(row), from = place();
  let held = true;

  function follow(event) {
    if (!held || event.pointerId !== pointer) return;
    const over = [...list.children].find((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    if (over && over !== row) {
      const { top, height } = over.getBoundingClientRect();
      over[event.clientY > top + height / 2 ? "after" : "before"](row);
    }
    if (event.clientY < 60) scrollBy(0, -15);
    if (event.clientY > innerHeight - 60) scrollBy(0, 15);
  }

  function end(isMeant) {
    if (!held) return;
    held = false;
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("keydown", escape);
    if (!isMeant) list.insertBefore(row, before);
    else if (place() !== from) {
      const placeField = form.querySelector("[name=place]");
      placeField.value = place();
      form.requestSubmit(placeField);
    }
  }

  function escape(event) {
    if (event.key === "Escape") end(false);
  }

  /* Heard by the page: a point that changes its place in it lets go of a captured pointer. */
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", () => end(true), { once: true });
  document.addEventListener("pointercancel", () => end(false), { once: true });
  document.addEventListener("keydown", escape);
}

for (const row of document.querySelectorAll("[data-order] > li")) {
  const acts = row.querySelector("[data-acts]");
  if (!acts.querySelector("form [name=place]")) continue;
  const grip = mould.content.firstElementChild.cloneNode(true);
  grip.dataset.grip = "";
  /* A finger on the grip moves the point, not the page. */
  grip.style.touchAction = "none";
  grip.style.cursor = "grab";
  grip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    grip.releasePointerCapture(event.pointerId);
    drag(event.pointerId, row);
  });
  acts.prepend(grip);
}
