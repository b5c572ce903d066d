// The draft's editor: a textarea with figures in braces becomes text with figures in frames.
// The textarea stays the truth: it is what is sent, kept as a draft, and used where this script does not run.

const TOKEN = /\{([^{}|]*)(?:\|([^{}|]*))?\}/g;

function chip(words, key) {
  const frame = document.createElement("span");
  frame.className = "chip";
  frame.contentEditable = "false";
  frame.dataset.key = key;
  frame.title = key;
  frame.textContent = words || "…";
  return frame;
}

function show(box, text) {
  box.replaceChildren();
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    box.append(text.slice(end, match.index));
    box.append(match[2] === undefined ? chip("", match[1]) : chip(match[1], match[2]));
    end = match.index + match[0].length;
  }
  box.append(text.slice(end));
}

function read(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.dataset.key !== undefined) return `{${node.textContent}|${node.dataset.key}}`;
  if (node.tagName === "BR") return " ";
  return Array.from(node.childNodes, read).join("");
}

function insert(box, node) {
  const chosen = getSelection();
  let range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
  if (!range || !box.contains(range.startContainer)) {
    range = document.createRange();
    range.selectNodeContents(box);
    range.collapse(false);
  }
  range.deleteContents();
  range.insertNode(node);
  range.setStartAfter(node);
  range.collapse(true);
  chosen.removeAllRanges();
  chosen.addRange(range);
}

let last = null;

function dress(area) {
  const box = document.createElement("div");
  box.className = "chip-text";
  box.contentEditable = "true";
  box.lang = "vi";
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "false");
  const label = document.querySelector(`label[for="${area.id}"]`);
  if (label) box.setAttribute("aria-label", label.textContent);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) box.setAttribute(name, area.getAttribute(name));
  }
  show(box, area.value);
  area.hidden = true;
  area.after(box);

  let own = false;
  const tell = () => {
    own = true;
    area.value = read(box).replace(/\u00a0/g, " ");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    own = false;
  };
  box.addEventListener("input", (event) => { event.stopPropagation(); tell(); });
  area.addEventListener("input", () => { if (!own) show(box, area.value); });
  area.addEventListener("change", () => { if (!own) show(box, area.value); });
  box.addEventListener("focus", () => { last = { box, tell }; });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\s+/g, " ");
    insert(box, document.createTextNode(text));
    tell();
  });
  box.addEventListener("drop", (event) => event.preventDefault());
}

for (const area of document.querySelectorAll("textarea[data-chips]")) dress(area);

const bar = document.querySelector("[data-chip-bar]");
if (bar) {
  bar.hidden = false;
  const choice = bar.querySelector("select");
  bar.querySelector("[data-insert-chip]").addEventListener("click", () => {
    const target = last;
    if (!target) return;
    const match = [...choice.value.matchAll(TOKEN)][0];
    target.box.focus();
    insert(target.box, chip(match[1], match[2]));
    target.tell();
  });
}
