// Small additions to pages that work without them.

// A weight is a number box; with a script, a slider beside it moves it, and the total follows.
function syncWeights(root) {
  for (const range of root.querySelectorAll("input[type=range][data-for]")) {
    const box = document.getElementById(range.dataset.for);
    if (!box || range.dataset.synced) continue;
    range.dataset.synced = "true";
    range.hidden = false;
    const paint = () => range.style.setProperty("--v", (100 * range.value) / range.max + "%");
    range.addEventListener("input", () => { box.value = range.value; paint(); addUp(box.form, box); });
    box.addEventListener("input", () => { range.value = box.value; paint(); addUp(box.form, box); });
    range.value = box.value;
    paint();
  }
}

// The weights share 100 points: what is left to give is said while they move, and the form waits until it is nothing.
function addUp(form, moved) {
  const total = form?.querySelector("[data-total]");
  if (!total) return;
  const boxes = [...form.querySelectorAll("[data-weight]")];
  const sum = boxes.reduce((all, box) => all + (Number(box.value) || 0), 0);
  total.textContent = sum;
  form.querySelector("[data-rest]").textContent = sum === 100 ? "" : sum < 100 ? `${100 - sum} to give` : `${sum - 100} too many`;
  for (const box of boxes) box.setCustomValidity("");
  // What a run changed says nothing of a number that is just being typed.
  moved.closest(".w").querySelector(".gh-badge")?.toggleAttribute("hidden", moved.value !== moved.defaultValue);
  if (sum !== 100) moved.setCustomValidity(`Make the weights add up to 100. They add up to ${sum} now.`);
}

// One box for all the boxes of a list.
function checkAll(root) {
  for (const all of root.querySelectorAll("[data-check-all]")) {
    const boxes = () => [...document.querySelectorAll(`[name="${all.dataset.checkAll}"]`)];
    const show = () => { all.checked = boxes().every(box => box.checked); };
    show();
    if (!all.hidden) continue;
    all.hidden = false;
    all.addEventListener("change", () => boxes().forEach(box => { box.checked = all.checked; }));
    all.closest("table").addEventListener("change", show);
  }
}

// A menu closes when the person leaves it.
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.gh-menu[open], details.gh-switch[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  }
}

// A page that nobody looks at asks for nothing: what it would swap in counts as seen.
document.addEventListener("htmx:before:request", (event) => { if (document.hidden) event.preventDefault(); });

// What was typed stays until the answer to it is there: a connection that broke, or somebody else's page, is none.
function notSent(form) {
  form.querySelector("[data-unsent]").hidden = false;
  form.querySelector("button[type=submit]").textContent = "Send again";
}
document.addEventListener("htmx:error", (event) => { if (event.target.matches?.("form[data-part]")) notSent(event.target); });
document.addEventListener("htmx:before:swap", (event) => {
  const { sourceElement: source, text } = event.detail.ctx;
  if (!source?.dataset?.part || text.includes(`id="${source.dataset.part}"`)) return;
  event.preventDefault();
  if (source.matches("form")) notSent(source);
});

// A thread opens at its end, where one writes.
if (!location.hash && !location.search) document.querySelector("form.write")?.scrollIntoView({ block: "end" });

function enhance() {
  syncWeights(document);
  checkAll(document);
}

enhance();
document.addEventListener("htmx:after:swap", enhance);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);

// A button that was pressed says so until the answer is there.
document.addEventListener("submit", (event) => event.submitter?.setAttribute("aria-busy", "true"));
for (const done of ["pageshow", "htmx:after:request"])
  window.addEventListener(done, () => document.querySelectorAll("button[aria-busy]").forEach(button => button.removeAttribute("aria-busy")));
