// What the other parts of the script build with. Text from articles arrives as HTML that ui/render.py
// and ui/reader.py have made safe; text typed here is only ever set as text.

const words = window.footnoteWords;
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const narrow = window.matchMedia("(max-width: 800px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

function newId() {
  return Math.random().toString(36).slice(2, 12) || "0";
}

function element(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function button(act, text, label = "") {
  return element("button", { type: "button", class: "plain", "data-act": act, ...(label && { "aria-label": label, title: label }) }, text);
}

function sent(address, what) {
  return fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });
}
