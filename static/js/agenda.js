/* Lets an item of the agenda be drawn to its place, with mouse, pen or finger. Without this file, and from the keyboard,
   its buttons move it one place at a time; both send the same form. */
const LETS_GO = 24;

for (const list of document.querySelectorAll("ol.agenda")) {
  for (const item of list.children) {
    const grip = item.querySelector(".agenda__time");
    if (!grip || !item.querySelector("form[action$='/up/'], form[action$='/down/']")) continue;
    grip.style.cursor = "grab";
    grip.style.touchAction = "none";
    grip.addEventListener("pointerdown", (event) => event.button === 0 && draw(list, item, event));
  }
}

function draw(list, item, began) {
  const from = [...list.children].indexOf(item);
  let moved = false;
  const move = (event) => {
    moved ||= Math.abs(event.clientY - began.clientY) > LETS_GO / 3;
    const below = [...list.children].find((other) => other !== item && event.clientY < middle(other));
    if (moved && below !== item.nextElementSibling) list.insertBefore(item, below ?? null);
    if (moved) item.style.opacity = ".6";
  };
  const end = (event) => {
    for (const type of ["pointerup", "pointercancel"]) document.removeEventListener(type, end);
    document.removeEventListener("pointermove", move);
    item.style.opacity = "";
    const by = [...list.children].indexOf(item) - from;
    if (event.type === "pointerup" && by) send(item, by);
    else if (by) list.insertBefore(item, list.children[from + (by < 0 ? 1 : 0)] ?? null);
  };
  /* On the document: an element that changes its place loses the pointer it had captured. */
  document.addEventListener("pointermove", move);
  for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, end);
  began.preventDefault();
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

function send(item, by) {
  const form = item.querySelector(`form[action$='/${by < 0 ? "up" : "down"}/']`) ?? item.querySelector("form");
  form.action = form.action.replace(/\/(up|down)\/$/, by < 0 ? "/up/" : "/down/");
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "by", value: Math.abs(by) }));
  form.submit();
}
