/* Counts the marks on a ballot while they are made, and lets no more be made than the rules allow. Without this file the
   portal says the same after "Review". */
const form = document.querySelector("form[data-marks]");
const counter = document.querySelector("[data-chosen]");
const boxes = form ? [...form.querySelectorAll("input[name=marks]")] : [];

function count() {
  const chosen = boxes.filter((box) => box.checked).length;
  counter.hidden = false;
  counter.querySelector("output").value = chosen;
  for (const box of boxes) box.disabled = !box.checked && chosen >= Number(form.dataset.marks);
}

if (boxes.length && counter) {
  form.addEventListener("change", count);
  count();
}
