// The reader beside the conversation, the preview of a footnote, and walking from one to the next.

let openedFrom = null;
let opening = 0;

async function openReader(link, { focus = true } = {}) {
  const turn = ++opening;
  let shown;
  try {
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    // An article, or why there is none.
    shown = one("article, .said", new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    // Said below: the pane opens either way.
  }
  if (turn !== opening) return;
  if (!history.state?.reading) history.pushState({ reading: true }, "");
  openedFrom = link;
  hidePeek();
  const pane = one("#reader");
  one(".reader-body", pane).replaceChildren(shown ?? element("p", { class: "said" }, words.lost));
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
  if (history.state?.reading) history.back();
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
