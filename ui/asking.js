// Asking: a question goes out through Gradio, its replies come back one replacing the other.

let channel = null; // {ask, halt, …}: how the server is reached through Gradio
let pending = null; // the turn that is being answered
let queued = null; // a question asked by a button, not by the box
const WORKING = ["searching", "reading", "writing", "checking"];

function ask(question) {
  if (pending || !channel) return;
  queued = question;
  channel.ask();
}

// Called by Gradio before a question goes out; gives the callback's inputs: the box and the channel.
function begin(typed) {
  const question = (queued ?? typed ?? "").trim();
  const fromBox = queued === null;
  queued = null;
  if (!question || pending) return ["", null];
  if (fromBox) write(""); // now, not when the server answers: by then the next question may stand there
  const past = conversation.turns.filter((turn) => turn.state === "done").map(({ question, text }) => ({ question, text }));
  pending = { id: newId(), question, state: "searching", html: "", markdown: "", text: "", kind: "", rating: "" };
  conversation.turns.push(pending);
  showTurn(pending);
  save();
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
  Object.assign(turn, { state: reply.state, passages: reply.passages, html: reply.html || turn.html, markdown: reply.markdown, text: reply.text, kind: reply.kind, citations: reply.citations, plainly: reply.plainly });
  if (turn.state === "done" || turn.state === "failed") settle();
  else showTurn(turn);
}

// Ends a turn that no answer will come for, and says why.
function ended(why) {
  if (!pending) return;
  fail(pending, why);
  settle();
}

function fail(turn, why) {
  turn.state = "failed";
  turn.html += `<div class="answer notice">${element("p", { class: "said" }, why).outerHTML}</div>`;
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
  channel.halt(pending.id);
  ended(words.stopped);
}
