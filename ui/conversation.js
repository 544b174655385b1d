// The conversation: how its turns are shown, and kept in this browser with those before it.

const LIST = "footnote.conversations";
const CURRENT = "footnote.current";
// Asked for anew each time: a browser that lets nothing be stored throws as soon as a store is named.
const lasting = () => localStorage;
const ofThisTab = () => sessionStorage;
let conversation = { id: newId(), turns: [] };
let written = null; // the conversation as this tab last read or wrote it, as JSON

function showTurn(turn) {
  const working = WORKING.includes(turn.state);
  const section = element("section", { class: "turn", "data-turn": turn.id });
  const heading = element("h2", { class: "asked", dir: "auto" }, turn.question);
  const reply = element("div", { class: "reply", "aria-busy": String(working) });
  reply.innerHTML = turn.html;
  section.append(heading, turn.own ? beside(reply, turn) : reply);
  if (working) {
    const line = element("p", { class: "working", role: "status" }, words[turn.state].replace("{count}", turn.passages) + "…");
    line.append(" ", button("halt", words.stop));
    section.append(line);
  } else {
    const next = one(".answer > .next", reply);
    if (next) next.before(actions(turn));
    else reply.append(actions(turn));
  }
  const old = one(`[data-turn="${turn.id}"]`);
  const held = old?.contains(document.activeElement) ? document.activeElement.dataset : {};
  if (old && one("[aria-describedby=peek]", old)) hidePeek();
  if (old) old.replaceWith(section);
  else one("#turns").append(section);
  // Who had a button or a footnote under the keyboard has it still, or the one way on from a turn that was stopped.
  if (held.note) one(`.fn[data-note="${held.note}"]`, section)?.focus();
  if (held.act) one(`[data-act=${held.act}], [data-act=edit]`, section)?.focus();
  document.body.classList.add("has-turns");
}

// What a model wrote and what the articles themselves say, next to each other where there is room.
function beside(reply, turn) {
  const pair = element("div", { class: "pair" });
  const own = element("div", { class: "reply own" });
  own.innerHTML = turn.own;
  for (const [side, title] of [[reply, words.modelTitle], [own, words.ownTitle]]) {
    const half = element("section");
    half.append(element("h3", { class: "over" }, title), side);
    pair.append(half);
  }
  return pair;
}

async function sayPlainly(turn) {
  if (turn.own) delete turn.own;
  else {
    turn.own = await sent("/own-words", turn.plainly).then((answer) => answer.json(), () => ({})).then(({ html }) => html);
    if (!turn.own) turn.own = element("div", {}, words.ownFailed).outerHTML;
  }
  if (!conversation.turns.includes(turn)) return;
  showTurn(turn);
  save();
}

function actions(turn) {
  const line = element("div", { class: "actions" });
  if (turn.markdown) line.append(button("copy", words.copy, words.copyLong));
  if (turn.plainly) {
    const own = button("own", turn.own ? words.ownHide : words.own, turn.own ? "" : words.ownLong);
    own.setAttribute("aria-pressed", String(Boolean(turn.own)));
    line.append(own);
  }
  line.append(button("edit", words.edit, words.editLong));
  if (turn.state === "done" && turn.kind !== "about") {
    for (const [rating, name, label] of [["up", words.good, words.goodLong], ["down", words.bad, words.badLong]]) {
      const thumb = button("rate", name, label);
      thumb.dataset.rating = rating;
      thumb.setAttribute("aria-pressed", String(turn.rating === rating));
      line.append(thumb);
    }
  }
  return line;
}

function show(shown) {
  halt();
  conversation = shown;
  written = JSON.stringify(shown);
  // Left while it was being answered, by a reload for instance: no answer will come for it here.
  conversation.turns.filter(({ state }) => WORKING.includes(state)).forEach((turn) => fail(turn, words.stopped));
  keep(ofThisTab, CURRENT, conversation.id);
  one("#turns").replaceChildren();
  document.body.classList.toggle("has-turns", conversation.turns.length > 0);
  conversation.turns.forEach(showTurn);
  closeReader();
  one("#scroll").scrollTo(0, conversation.turns.length ? one("#scroll").scrollHeight : 0);
}

function stored(store, key, otherwise) {
  try {
    return JSON.parse(store().getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// Returns whether it could be.
function keep(store, key, value) {
  try {
    store().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function others(id) {
  return stored(lasting, LIST, []).filter((kept) => kept.id !== id);
}

function save() {
  const there = stored(lasting, `${LIST}.${conversation.id}`, null);
  // Another tab has gone on with it: both are kept, each by its own name.
  if (there && JSON.stringify(there) !== written) conversation.id = newId();
  const { id, turns } = conversation;
  if (!turns.length) return forget(id);
  keep(ofThisTab, CURRENT, id);
  if (makeRoom(() => keep(lasting, `${LIST}.${id}`, conversation))) written = JSON.stringify(conversation);
  makeRoom(() => keep(lasting, LIST, [{ id, name: turns[0].question.slice(0, 120) }, ...others(id)]));
}

// A full store loses its oldest conversation rather than the newest. Returns whether it could be kept.
function makeRoom(kept) {
  while (!kept()) {
    const oldest = others(conversation.id).pop();
    if (!oldest || !forget(oldest.id)) return false;
  }
  return true;
}

// Returns whether it could be.
function forget(id) {
  try {
    lasting().removeItem(`${LIST}.${id}`);
  } catch {
    return false;
  }
  return keep(lasting, LIST, others(id));
}

function listConversations() {
  const items = stored(lasting, LIST, []).map(({ id, name }) => {
    const item = element("li", { "data-conversation": id });
    const open = button("open", name);
    open.dir = "auto";
    if (id === conversation.id) open.setAttribute("aria-current", "true");
    item.append(open, button("delete", "×", `${words.delete}: ${name}`));
    return item;
  });
  one("#conversations ul").replaceChildren(...(items.length ? items : [element("li", {}, words.noConversations)]));
  one("[data-act=export]").disabled = !conversation.turns.length;
}

function editAgain(turn) {
  halt();
  const place = conversation.turns.indexOf(turn);
  conversation.turns.splice(place).forEach(({ id }) => one(`[data-turn="${id}"]`).remove());
  document.body.classList.toggle("has-turns", conversation.turns.length > 0);
  save();
  draft(turn.question);
}

function write(question) {
  const box = one("#question textarea");
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function draft(question) {
  write(question);
  one("#question textarea").focus();
}

async function copy(text, from) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", { class: "unseen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    from.focus();
    if (!copied) return;
  }
  // Without its label, which would be read in place of the word.
  from.removeAttribute("aria-label");
  from.textContent = words.copied;
  setTimeout(() => {
    from.textContent = words.copy;
    from.setAttribute("aria-label", words.copyLong);
  }, 1500);
}

function exportConversation() {
  const text = conversation.turns.map((turn) => turn.markdown || `**${turn.question}**\n`).join("\n");
  const link = element("a", { download: words.exportName, href: URL.createObjectURL(new Blob([text], { type: "text/markdown" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function rate(turn, rating) {
  const before = turn.rating;
  showRating(turn, before === rating ? "" : rating);
  const rated = { id: turn.id, question: turn.question, answer: turn.text, rating: turn.rating || "none", citations: turn.citations };
  const kept = await sent("/feedback", rated).then(({ ok }) => ok, () => false);
  if (!kept) showRating(turn, before);
}

function showRating(turn, rating) {
  turn.rating = rating;
  all(`[data-turn="${turn.id}"] [data-rating]`).forEach((thumb) => thumb.setAttribute("aria-pressed", String(thumb.dataset.rating === rating)));
  save();
}
