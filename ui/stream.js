// The way to the server, for Gradio's client too: what breaks off ends in order, and who has to log in again is led there.

const straight = window.fetch;
const CALLS = ["/gradio_api/queue/join", "/gradio_api/run/predict"];

window.fetch = async (asked, options) => {
  const { pathname } = new URL(asked.url ?? asked, location);
  if (pathname === "/gradio_api/queue/data") return inOrder(straight(asked, options));
  const coming = straight(asked, options);
  // Else Gradio waits for the server by itself, and loads the page anew with all that is typed in it.
  const answer = await (CALLS.includes(pathname) ? coming.catch(() => Response.json({ detail: words.lost }, { status: 502 })) : coming);
  if (answer.status !== 401 && !(answer.redirected && new URL(answer.url).pathname === "/login")) return answer;
  location.assign("/login");
  return new Promise(() => {}); // a page that is being left says nothing more
};

// Gradio's client takes the stream of answers for open when it broke off, and would hear of none that comes later.
async function inOrder(coming) {
  const reader = await coming.then(({ ok, body }) => (ok ? body.getReader() : null), () => null);
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(out) {
      let rest = "";
      let closed = false;
      while (reader) {
        const { value, done } = await reader.read().catch(() => ({ done: true }));
        if (done) break;
        rest += decoder.decode(value, { stream: true });
        const events = rest.split("\n\n");
        rest = events.pop();
        const whole = events.map((event) => `${event}\n\n`).join("");
        closed ||= whole.includes('"close_stream"');
        if (whole) out.enqueue(encoder.encode(whole));
      }
      // A page that is being left loses its stream too; it does not live to the end of this moment.
      if (!closed) await new Promise((resolve) => setTimeout(resolve, 200));
      if (!closed) {
        ended(words.lost);
        for (const last of [{ msg: "unexpected_error", message: words.lost }, { msg: "close_stream" }]) out.enqueue(encoder.encode(`data: ${JSON.stringify(last)}\n\n`));
      }
      out.close();
    },
    cancel: (why) => reader?.cancel(why),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}
