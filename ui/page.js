// The page's script: paints the conversation, opens the reader beside it, keeps conversations in
// this browser, and listens for keys. Text from articles arrives as HTML that ui/render.py and
// ui/reader.py have made safe; text typed here is only ever set as text.
(() => {
  "use strict";

  const words = window.footnoteWords;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const LIST = "footnote.conversations";
  const CURRENT = "footnote.current";
  const narrow = window.matchMedia("(max-width: 800px)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  let channel = null; // {ask, halt, …}: how the server is reached through Gradio
  let conversation = { id: newId(), turns: [] };
  let pending = null; // the turn that is being answered
  let drawnShelf = false;
  let queued = null; // a question asked by a button, not by the box

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

  // --- Asking ---------------------------------------------------------------------------------

  function ask(question) {
    if (pending || !channel) return;
    queued = question;
    channel.ask();
  }

  // Called by Gradio before a question goes out; gives the callback's inputs: the box and the channel.
  function begin(typed) {
    const question = (queued ?? typed ?? "").trim();
    queued = null;
    if (!question || pending) return ["", null];
    const past = conversation.turns.filter((turn) => turn.state === "done").map(({ question, text }) => ({ question, text }));
    pending = { id: newId(), question, state: "searching", html: "", markdown: "", text: "", kind: "", rating: "" };
    conversation.turns.push(pending);
    showTurn(pending);
    one(`[data-turn="${pending.id}"]`).scrollIntoView({ block: "start" });
    watchOver(pending);
    return [question, { turn: pending.id, past, filters: filters() }];
  }

  function filters() {
    const form = one("#filters form");
    return form ? Object.fromEntries(new FormData(form)) : {};
  }

  function showFilters() {
    const active = Object.entries(filters()).filter(([, value]) => value);
    one("#filters .active").textContent = active.map(([, value]) => ` · ${value}`).join("");
  }

  // Called for every reply; each replaces the one before.
  function paint(reply) {
    const turn = reply && conversation.turns.find((turn) => turn.id === reply.turn);
    if (!turn || turn !== pending) return;
    turn.heard = true;
    Object.assign(turn, { state: reply.state, passages: reply.passages, html: reply.html || turn.html, markdown: reply.markdown, text: reply.text, kind: reply.kind, citations: reply.citations });
    if (turn.state === "done" || turn.state === "failed") settle();
    else showTurn(turn);
  }

  // Ends a turn that no answer will come for, and says why.
  function ended(why) {
    if (!pending) return;
    pending.state = "failed";
    if (!pending.html) {
      const message = element("p", { class: "said" }, why);
      pending.html = `<div class="answer notice">${message.outerHTML}</div>`;
    }
    settle();
  }

  // Called when Gradio reports a failure: of a question that the queue had no room for, or, late,
  // of one that was stopped before. What was heard of ends by itself: the callback never fails.
  async function refused() {
    const turn = pending;
    if (!turn || turn.heard) return;
    const why = (await alive()) ? words.busy : words.lost;
    if (turn === pending && !turn.heard) ended(why);
  }

  function alive() {
    return fetch("/healthz", { cache: "no-store" }).then(({ ok }) => ok, () => false);
  }

  // Gradio says nothing when the server goes away in the middle of an answer.
  async function watchOver(turn, missed = 0) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    if (turn !== pending) return;
    const there = await alive();
    if (turn !== pending) return;
    if (!there && missed) ended(words.lost);
    else watchOver(turn, there ? 0 : missed + 1);
  }

  function settle() {
    const turn = pending;
    pending = null;
    showTurn(turn);
    save();
  }

  function halt() {
    if (!pending) return;
    channel.halt();
    ended(words.stopped);
  }

  // --- The conversation -----------------------------------------------------------------------

  function showTurn(turn) {
    const working = turn.state === "searching" || turn.state === "writing";
    const section = element("section", { class: "turn", "data-turn": turn.id });
    const heading = element("h2", { class: "asked", dir: "auto" }, turn.question);
    const reply = element("div", { class: "reply", "aria-busy": String(working) });
    reply.innerHTML = turn.html;
    section.append(heading, reply);
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
    if (old) old.replaceWith(section);
    else one("#turns").append(section);
    document.body.classList.add("has-turns");
  }

  function actions(turn) {
    const line = element("div", { class: "actions" });
    if (turn.markdown) line.append(button("copy", words.copy, words.copyLong));
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
    sessionStorage.setItem(CURRENT, conversation.id);
    one("#turns").replaceChildren();
    document.body.classList.toggle("has-turns", conversation.turns.length > 0);
    conversation.turns.forEach(showTurn);
    closeReader();
    one("#scroll").scrollTo(0, conversation.turns.length ? one("#scroll").scrollHeight : 0);
  }

  function stored(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  function keep(key, value) {
    // A full store loses its oldest conversation rather than the newest.
    for (;;) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return;
      } catch {
        const oldest = stored(LIST, []).filter(({ id }) => id !== conversation.id).pop();
        if (!oldest) return;
        forget(oldest.id);
      }
    }
  }

  function save() {
    if (!conversation.turns.length) return forget(conversation.id);
    sessionStorage.setItem(CURRENT, conversation.id);
    keep(`${LIST}.${conversation.id}`, conversation);
    const others = stored(LIST, []).filter(({ id }) => id !== conversation.id);
    keep(LIST, [{ id: conversation.id, name: conversation.turns[0].question.slice(0, 120) }, ...others]);
  }

  function forget(id) {
    localStorage.removeItem(`${LIST}.${id}`);
    localStorage.setItem(LIST, JSON.stringify(stored(LIST, []).filter((kept) => kept.id !== id)));
  }

  function listConversations() {
    const items = stored(LIST, []).map(({ id, name }) => {
      const item = element("li", { "data-conversation": id });
      const open = button("open", name);
      open.dir = "auto";
      if (id === conversation.id) open.setAttribute("aria-current", "true");
      item.append(open, button("delete", "×", `${words.delete}: ${name}`));
      return item;
    });
    one("#conversations ul").replaceChildren(...(items.length ? items : [element("li", {}, words.noConversations)]));
  }

  function editAgain(turn) {
    halt();
    const place = conversation.turns.indexOf(turn);
    conversation.turns.splice(place).forEach(({ id }) => one(`[data-turn="${id}"]`).remove());
    document.body.classList.toggle("has-turns", conversation.turns.length > 0);
    save();
    draft(turn.question);
  }

  function draft(question) {
    const box = one("#question textarea");
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  async function copy(text, from) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { class: "unseen" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const said = from.textContent;
    from.textContent = words.copied;
    setTimeout(() => (from.textContent = said), 1500);
  }

  function exportConversation() {
    const text = conversation.turns.map((turn) => turn.markdown || `**${turn.question}**\n`).join("\n");
    const link = element("a", { download: words.exportName, href: URL.createObjectURL(new Blob([text], { type: "text/markdown" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function rate(turn, rating) {
    turn.rating = turn.rating === rating ? "" : rating;
    showTurn(turn);
    save();
    const sent = { id: turn.id, question: turn.question, answer: turn.text, rating: turn.rating || "none", citations: turn.citations };
    const kept = await fetch("/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
    }).then(({ ok }) => ok, () => false);
    if (kept) return;
    turn.rating = "";
    showTurn(turn);
    save();
  }

  // --- The reader -----------------------------------------------------------------------------

  let openedFrom = null;
  let opening = 0;

  async function openReader(link, { focus = true } = {}) {
    const turn = ++opening;
    let article = null;
    try {
      const response = await fetch(link.href, { headers: { Accept: "text/html" } });
      article = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("article");
    } catch {
      // Said below: the pane opens either way.
    }
    if (turn !== opening) return;
    openedFrom = link;
    hidePeek();
    const pane = one("#reader");
    one(".reader-body", pane).replaceChildren(article ?? element("p", { class: "said" }, words.readerMissing));
    one(".reader-body", pane).scrollTo(0, 0);
    pane.hidden = false;
    document.body.classList.add("reading");
    shut();
    all(".fn.current").forEach((note) => note.classList.remove("current"));
    if (link.classList.contains("fn")) link.classList.add("current");
    showPlace();
    one("mark.current", pane)?.scrollIntoView({ block: "center" });
    if (focus) (one("h2", pane) ?? pane).focus({ preventScroll: true });
  }

  function closeReader() {
    opening++;
    if (one("#reader").hidden) return false;
    one("#reader").hidden = true;
    document.body.classList.remove("reading");
    shut();
    all(".fn.current").forEach((note) => note.classList.remove("current"));
    if (openedFrom?.isConnected) openedFrom.focus({ preventScroll: !narrow.matches });
    return true;
  }

  // On a narrow screen the article covers the rest, which then cannot be reached by keyboard either.
  function shut() {
    const covered = narrow.matches && document.body.classList.contains("reading");
    all("#chat, #shelf, #masthead").forEach((part) => (part.inert = covered));
  }

  function litCount() {
    return Number(one("#reader article")?.dataset.spans ?? 0);
  }

  function currentPlace() {
    const mark = one("#reader mark.current");
    if (!mark) return -1;
    const cites = all("#reader mark.current").map((lit) => lit.dataset.cites.split(" ").map(Number));
    return cites.reduce((common, some) => common.filter((cite) => some.includes(cite)))[0] ?? cites[0][0];
  }

  function showPlace() {
    const count = litCount();
    const place = currentPlace() + 1;
    one("#reader .place").textContent = place ? words.place.replace("{place}", place).replace("{count}", count) : "";
    all("#reader [data-act=previous], #reader [data-act=next]").forEach((step) => (step.hidden = count < 2));
  }

  function step(by) {
    const count = litCount();
    if (!count || one("#reader").hidden) return;
    const place = (currentPlace() + by + count) % count;
    all("#reader mark").forEach((mark) => mark.classList.toggle("current", mark.dataset.cites.split(" ").includes(String(place))));
    one("#reader mark.current")?.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    showPlace();
  }

  // --- Footnotes: preview, and walking ----------------------------------------------------------

  function showPeek(note) {
    const source = one(`[data-source="${note.dataset.note}"]`, note.closest(".answer"));
    if (!source || note.closest(".source-list")) return;
    const peek = one("#peek");
    peek.replaceChildren(...[...source.cloneNode(true).childNodes]);
    all("a", peek).forEach((link) => link.replaceWith(element("span", { class: "headline" }, link.textContent)));
    peek.hidden = false;
    note.setAttribute("aria-describedby", "peek");
    const at = note.getBoundingClientRect();
    const box = peek.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - 24), window.innerWidth - box.width - 8);
    const below = at.bottom + 8 + box.height < window.innerHeight;
    peek.style.left = `${Math.max(8, left)}px`;
    peek.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - box.height - 8)}px`;
  }

  function hidePeek() {
    one("#peek").hidden = true;
    all("[aria-describedby=peek]").forEach((note) => note.removeAttribute("aria-describedby"));
  }

  function walk(by) {
    const notes = all("#turns .fn").filter((note) => note.checkVisibility?.() ?? true);
    if (!notes.length) return;
    const from = notes.findIndex((note) => note === document.activeElement || note.classList.contains("current"));
    const note = notes[from < 0 ? (by > 0 ? 0 : notes.length - 1) : (from + by + notes.length) % notes.length];
    note.focus();
    if (!one("#reader").hidden && !narrow.matches) openReader(note, { focus: false });
  }

  // --- Listening ------------------------------------------------------------------------------

  function view(name) {
    if (document.body.dataset.view === name) return;
    document.body.dataset.view = name;
    history.replaceState(null, "", name === "shelf" ? "#articles" : location.pathname + location.search);
    all("nav [data-view]").forEach((tab) => tab.setAttribute("aria-current", tab.dataset.view === name ? "page" : "false"));
    closeReader();
    if (name === "shelf") drawnShelf ? channel.shelf() : channel.draw();
    else one("#question textarea").focus();
  }

  // Called by Gradio when the articles page has been drawn, which it is not before it is first opened.
  function drawn() {
    drawnShelf = true;
    channel.shelf();
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
    conversations: () => {
      listConversations();
      one("[data-act=export]").disabled = !conversation.turns.length;
      one("#conversations").showModal();
    },
    more: () => channel.more(),
    remove: (target) => {
      one("#remove").dataset.article = target.dataset.article;
      one("#remove .removed").textContent = one("a.headline", target.closest("li")).textContent;
      one("#remove").showModal();
    },
    confirm: () => {
      one("#remove").close();
      closeReader();
      channel.remove(one("#remove").dataset.article);
    },
    export: exportConversation,
    copy: (target) => copy(turnOf(target).markdown, target),
    edit: (target) => editAgain(turnOf(target)),
    rate: (target) => rate(turnOf(target), target.dataset.rating),
    open: (target) => {
      const kept = stored(`${LIST}.${target.closest("li").dataset.conversation}`, null);
      view("chat");
      if (kept) show(kept);
      one("#conversations").close();
    },
    delete: (target) => {
      const { conversation: id } = target.closest("li").dataset;
      if (id === conversation.id) show({ id: newId(), turns: [] });
      forget(id);
      listConversations();
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

  narrow.addEventListener("change", shut);
  document.addEventListener("change", (event) => event.target.closest?.("#filters") && showFilters());
  document.addEventListener("reset", (event) => event.target.closest?.("#filters") && setTimeout(showFilters));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
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

  // --- Starting -------------------------------------------------------------------------------

  // Gradio mounts its components one by one: the channel may be there before the rest.
  function start(wires) {
    if (!["#turns", "#reader", "#question textarea", "#dialogs dialog"].every((part) => one(part))) {
      setTimeout(start, 20, wires);
      return;
    }
    channel = wires;
    const kept = sessionStorage.getItem(CURRENT);
    const last = kept && stored(`${LIST}.${kept}`, null);
    if (last) show(last);
    view(location.hash === "#articles" ? "shelf" : "chat");
    document.body.classList.add("ready");
  }

  window.footnote = { start, begin, paint, refused, drawn };
})();
