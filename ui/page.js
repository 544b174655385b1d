// The page: what is pressed and typed reaches the right place, and everything starts when it is there.

let drawnShelf = false;

// Back leads out of an article, and from page to page, before it leads away.
function view(name) {
  if (document.body.dataset.view === name) return;
  history[history.state?.reading ? "replaceState" : "pushState"](null, "", name === "shelf" ? "#articles" : location.pathname + location.search);
  showView();
}

function showView() {
  const name = location.hash === "#articles" ? "shelf" : "chat";
  if (document.body.dataset.view === name) return;
  document.body.dataset.view = name;
  all("nav [data-view]").forEach((tab) => tab.setAttribute("aria-current", tab.dataset.view === name ? "page" : "false"));
  closeReader();
  if (name === "shelf") drawnShelf ? channel.shelf() : draw();
  else one("#question textarea").focus();
}

// What is asked of Gradio while it still mounts its components may be lost: it is asked again until it has drawn.
function draw() {
  if (drawnShelf || document.body.dataset.view !== "shelf") return;
  channel.draw();
  setTimeout(draw, 3000);
}

// Called by Gradio when the articles page has been drawn, which it is not before it is first opened.
function drawn() {
  if (drawnShelf) return;
  drawnShelf = true;
  list();
}

// Its controls may be mounting yet: the list is asked for again until it, or what is wrong with it, stands there.
function list() {
  if (one("#listing li, #listing p")) return;
  channel.shelf();
  setTimeout(list, 3000);
}

function turnOf(target) {
  const id = target.closest("[data-turn]")?.dataset.turn;
  return conversation.turns.find((turn) => turn.id === id);
}

const acts = {
  halt,
  next: () => step(1),
  previous: () => step(-1),
  close: closeReader,
  new: () => {
    view("chat");
    show({ id: newId(), turns: [] });
    draft("");
  },
  keys: () => one("#keys").showModal(),
  leave: () => fetch("/logout", { method: "POST" }).then(() => location.assign("/login")),
  conversations: () => {
    listConversations();
    one("#conversations").showModal();
  },
  more: () => channel.more(),
  remove: (target) => {
    one("#remove").dataset.article = target.dataset.article;
    one("#remove .removed").textContent = one("a.headline", target.closest("li")).textContent;
    one("#remove .others").textContent = target.dataset.others ?? "";
    one("#remove").showModal();
  },
  confirm: () => {
    one("#remove").close();
    closeReader();
    channel.remove(one("#remove").dataset.article);
  },
  export: exportConversation,
  copy: (target) => copy(turnOf(target).markdown, target),
  own: (target) => sayPlainly(turnOf(target)),
  edit: (target) => editAgain(turnOf(target)),
  rate: (target) => rate(turnOf(target), target.dataset.rating),
  open: (target) => {
    const kept = stored(lasting, `${LIST}.${target.closest("li").dataset.conversation}`, null);
    view("chat");
    if (kept) show(kept);
    one("#conversations").close();
  },
  delete: (target) => {
    const { conversation: id } = target.closest("li").dataset;
    const place = all("#conversations [data-act=delete]").indexOf(target);
    if (id === conversation.id) show({ id: newId(), turns: [] });
    forget(id);
    listConversations();
    const left = all("#conversations [data-act=delete]");
    (left[place] ?? left.at(-1) ?? one("#conversations [type=submit]")).focus();
  },
};

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("a.fn, a[data-reader], [data-act], [data-ask], [data-draft], [data-view]");
  if (!target) return;
  if (target.matches("a")) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openReader(target);
  } else if (target.dataset.ask) ask(target.dataset.ask);
  else if (target.dataset.view) view(target.dataset.view);
  else if (target.dataset.draft) draft(target.dataset.draft);
  else acts[target.dataset.act]?.(target);
});

for (const [shows, hides] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(shows, (event) => event.target.matches?.("#turns .fn") && showPeek(event.target));
  document.addEventListener(hides, (event) => event.target.matches?.("#turns .fn") && hidePeek());
}

window.addEventListener("popstate", () => {
  if (!history.state?.reading) closeReader();
  showView();
});

narrow.addEventListener("change", shut);
document.addEventListener("change", (event) => event.target.closest?.("#filters") && showFilters());
document.addEventListener("reset", (event) => event.target.closest?.("#filters") && setTimeout(showFilters));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!one("#peek")?.hidden) hidePeek();
    else if (!closeReader()) halt();
    return;
  }
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const keys = {
    "/": () => one(document.body.dataset.view === "shelf" ? "#finder textarea, #finder input" : "#question textarea").focus(),
    "?": () => one("#keys").showModal(),
    j: () => walk(1),
    k: () => walk(-1),
    n: () => step(1),
    p: () => step(-1),
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// Gradio mounts its components one by one: the channel may be there before the rest.
function start(wires) {
  if (!["#turns", "#reader", "#question textarea", "#dialogs dialog"].every((part) => one(part))) {
    setTimeout(start, 20, wires);
    return;
  }
  channel = wires;
  const last = stored(lasting, `${LIST}.${stored(ofThisTab, CURRENT, "")}`, null);
  if (last) show(last);
  showView();
  document.body.classList.add("ready");
}

window.footnote = { start, begin, paint, refused, drawn };
