// Drafts: what a person has typed into a <form data-draft="key"> and not yet sent stays on this machine, per person and
// page, for seven days. It survives a lost sign-in. Passwords, tokens and files are never kept.

const PREFIX = "motcua-draft:";
const LIFE = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 300;
const { person, draftsDone, draftRestored, draftDiscard } = document.body.dataset;

const pageOf = (url) => `${PREFIX}${person}:${url}:`;
const here = location.pathname + location.search;

/** Keys of the kept drafts; none where the browser refuses to keep anything. */
function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function isKept(field) {
  return field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(field.type);
}

/** The form's input as [name, value] pairs, in the order of the form. */
function inputOf(form) {
  const pairs = [];
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) pairs.push([field.name, field.value]);
    } else if (field.type === "select-multiple") {
      for (const option of field.selectedOptions) pairs.push([field.name, option.value]);
    } else {
      pairs.push([field.name, field.value]);
    }
  }
  return pairs;
}

function fill(form, pairs) {
  const waiting = new Map();
  for (const [name, value] of pairs) waiting.set(name, [...(waiting.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const values = waiting.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
    } else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else if (values.length) {
      field.value = values.shift();
    }
  }
}

function notice(form, discard) {
  const box = document.createElement("div");
  const text = document.createElement("span");
  const button = document.createElement("button");
  box.className = "message message-info draft-notice";
  box.setAttribute("role", "status");
  text.className = "message-body";
  text.textContent = draftRestored;
  button.type = "button";
  button.className = "btn";
  button.textContent = draftDiscard;
  button.addEventListener("click", () => {
    discard();
    box.remove();
  });
  box.append(text, button);
  form.prepend(box);
}

function keep(form) {
  const key = pageOf(here) + form.dataset.draft;
  const untouched = inputOf(form);
  const isAsServed = () => JSON.stringify(inputOf(form)) === JSON.stringify(untouched);
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    try {
      if (isAsServed() && !("bound" in form.dataset)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), pairs: inputOf(form) }));
    } catch {
      // the browser keeps nothing (private window, full): the form works as ever
    }
  };
  const kept = read(key);
  if (kept && !("bound" in form.dataset) && JSON.stringify(kept.pairs) !== JSON.stringify(untouched)) {
    fill(form, kept.pairs);
    notice(form, () => {
      clearTimeout(timer);
      fill(form, untouched);
      localStorage.removeItem(key);
    });
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("change", save);
  form.addEventListener("submit", save);
  window.addEventListener("pagehide", () => timer && save());
}

if (person) {
  const done = (draftsDone ?? "").split(" ").filter(Boolean).map(pageOf);
  for (const key of keys()) {
    const isOld = Date.now() - (read(key)?.at ?? 0) > LIFE;
    if (isOld || done.some((page) => key.startsWith(page))) localStorage.removeItem(key);
  }
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
}
