// Drafts of the certify form: on the server within 2 s of the last key, in this browser while the server cannot, newest
// wins. Times are the server's: the page says what time it was there, so that a wrong clock here decides nothing.
const ignored = new Set(['__token', 'Version', 'SeenRevision']);
const QUIET = 800;
const LONGEST = 1500;
const RETRY = 10000;

export const read = (form) => [...new FormData(form)].filter(([name, value]) => !ignored.has(name) && !name.startsWith('Take[') && typeof value === 'string');

export function write(form, entries) {
  const left = new Map();
  for (const [name, value] of entries) left.set(name, [...(left.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || ignored.has(control.name) || control.type === 'submit') continue;
    const values = left.get(control.name) ?? [];
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = values.includes(control.value);
    else if (control.type === 'select-multiple') for (const option of control.options) option.selected = values.includes(option.value);
    else if (values.length && control.type !== 'hidden') control.value = values.shift();
  }
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const clock = (time) => new Date(time).toTimeString().slice(0, 8);

// restored: called after the form was filled from this browser; taken: told who else works on it, or null.
export function keepDrafts(form, { state, notice, restored, taken }) {
  const { draft: name, draftUrl: url } = form.dataset;
  const token = form.elements.__token.value;
  const ahead = Date.now() - Number(form.dataset.now);
  const now = () => Date.now() - ahead;
  const untouched = read(form);
  // A page that the server sent back with mistakes or a conflict holds what was typed and is not saved.
  const sentBack = form.dataset.draftRestore !== 'yes';
  let onServer = Boolean(form.dataset.draftKept);
  let waiting = false;
  let leaving = false;
  let firstKey = 0;
  let timer = 0;
  let sending = null;

  const keepHere = () => localStorage.setItem(name, JSON.stringify({ at: now(), entries: read(form) }));

  function say(words, trouble) {
    state.textContent = words;
    state.classList.toggle('draft-trouble', Boolean(trouble));
  }

  async function send(keepalive = false) {
    clearTimeout(timer);
    if (!waiting || sending) return;
    waiting = false;
    firstKey = 0;
    const fields = new URLSearchParams(new FormData(form));
    fields.delete('__token');
    sending = new AbortController();
    try {
      const answer = await fetch(url, {
        method: 'PUT', body: fields, keepalive, signal: sending.signal, redirect: 'manual',
        // Says that a script asks: an ended session is answered and not redirected.
        headers: { RequestVerificationToken: token, 'HX-Request': 'true' },
      });
      if (answer.ok) {
        const kept = await answer.json();
        onServer = true;
        if (!waiting) {
          localStorage.removeItem(name);
          say(`saved ${clock(Date.parse(kept.at) + ahead)}`);
        }
        taken(kept.holder ? kept : null);
      } else if (answer.status === 413) {
        waiting = true;
        say(`${(await answer.json()).detail} Kept in this browser only.`, true);
      } else if (answer.status === 401) {
        waiting = true;
        say('Kept in this browser only: your session has ended. Saving signs you in again and brings all of this back.', true);
      } else if (answer.status !== 409) {
        later('Kept in this browser only: the server cannot keep it now.');
      }
    } catch {
      if (!leaving) later('Kept in this browser only: the server does not answer.');
    } finally {
      sending = null;
      if (waiting && firstKey) schedule();
    }
  }

  function later(words) {
    waiting = true;
    say(words, true);
    timer = setTimeout(send, RETRY);
  }

  function schedule() {
    firstKey ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(QUIET, firstKey + LONGEST - Date.now())));
  }

  function touched() {
    if (!onServer && !sentBack && !sending && same(read(form), untouched)) {
      localStorage.removeItem(name);
      waiting = false;
      say('');
      return;
    }
    waiting = true;
    keepHere();
    schedule();
  }

  // What only this browser has: typed while the server was away, or in the moment before a crash.
  function bringBack() {
    const stored = JSON.parse(localStorage.getItem(name) ?? 'null');
    const keptAt = Number(form.dataset.draftKept ?? 0);
    if (keptAt) say(`saved ${clock(keptAt + ahead)}`);
    if (sentBack) { touched(); return; }
    if (!stored) return;
    if (!stored.entries || stored.at <= keptAt || same(stored.entries, untouched)) { localStorage.removeItem(name); return; }
    write(form, stored.entries);
    notice.querySelector('[data-draft-time]').textContent = new Date(stored.at + ahead).toLocaleString('sv-SE').slice(0, 16);
    notice.hidden = false;
    restored();
    touched();
  }

  form.addEventListener('input', touched);
  form.addEventListener('submit', () => {
    leaving = true;
    clearTimeout(timer);
    sending?.abort();
    keepHere();
  });
  form.querySelector('[data-draft-leave]').addEventListener('click', () => { leaving = true; });
  notice.querySelector('[data-draft-drop]').addEventListener('submit', (event) => {
    leaving = true;
    waiting = false;
    clearTimeout(timer);
    sending?.abort();
    localStorage.removeItem(name);
    if (onServer) return;
    event.preventDefault();
    location.reload();
  });
  addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden' && !leaving) send(true); });
  addEventListener('pagehide', () => { if (leaving) return; send(true); });
  addEventListener('beforeunload', (event) => { if (!leaving && (waiting || sending)) event.preventDefault(); });
  addEventListener('pageshow', () => { leaving = false; });
  addEventListener('online', () => send());

  bringBack();
}
