// The live page of an execution: numbers, output, and the parts that are drawn anew when its state changes.
import { ExecutionFeed } from './execution-feed.js';
import { LogView } from './log.js';

const CONNECTION = {
  live: 'live',
  again: 'reconnecting…',
  asking: 'asking every few seconds',
  ended: '',
  'signed-out': 'Your session has ended. Load the page again to sign in.',
  refused: 'You may not watch this any more.',
  gone: 'There is no such execution any more.',
};
const PARTS = ['execution-acts', 'execution-state', 'execution-files', 'execution-more'];

const box = document.querySelector('[data-log]');
const numbers = document.querySelector('[data-numbers]');
const find = (name) => document.querySelector(`[data-${name}]`);
const log = new LogView(box);
const skew = Date.parse(numbers.dataset.now) - Date.now();
let started = numbers.dataset.started ? Date.parse(numbers.dataset.started) : null;
let ended = numbers.dataset.ended ? Date.parse(numbers.dataset.ended) : null;
let look = numbers.dataset.look;
let title = '';

function size(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function span(time) {
  const seconds = Math.max(0, Math.floor(time / 1000));
  const two = (number) => String(number).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)} min`;
}

function showTime() {
  if (started !== null) find('took').textContent = span((ended ?? Date.now() + skew) - started);
}

function showState(state) {
  started = state.startedAt ? Date.parse(state.startedAt) : null;
  ended = state.endedAt ? Date.parse(state.endedAt) : null;
  find('lines').textContent = state.lastLine.toLocaleString('en');
  find('bytes').textContent = size(state.bytes);
  find('files').textContent = state.files;
  const percent = state.state === 'Succeeded' ? 100 : state.percent;
  const bar = find('percent');
  bar.hidden = percent === null;
  if (percent !== null) bar.value = percent;
  find('percent-box').hidden = state.percent === null;
  find('percent-words').textContent = state.percent ?? '';
  log.tail(state.ended ? null : state.tail);
  log.note(state.lastLine > 0 || state.tail ? '' : state.ended ? 'It printed nothing.' : 'Nothing is printed yet.');
  find('took-label').textContent = ended === null ? 'Running for' : 'Took';
  showTime();
  if (state.title !== title) {
    // Said once for each change, and not for what the page says already when it opens.
    if (title !== '') find('announce').textContent = `Execution ${box.dataset.execution}: ${state.title}${state.exitCode === null ? '' : `, exit code ${state.exitCode}`}.`;
    title = state.title;
  }
  if (state.look !== look) {
    look = state.look;
    redraw();
  }
}

let drawing = false;
let drawAgain = false;

async function redraw() {
  if (drawing) { drawAgain = true; return; }
  drawing = true;
  try {
    const answer = await fetch(location.href, { headers: { 'HX-Request': 'true' }, cache: 'no-store', redirect: 'manual' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const focused = document.activeElement?.id;
    for (const id of PARTS) {
      const now = document.getElementById(id);
      const then = page.getElementById(id);
      if (!now || !then || now.innerHTML === then.innerHTML) continue;
      now.replaceChildren(...then.childNodes);
      globalThis.htmx?.process(now);
      now.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }));
    }
    if (focused && document.activeElement?.id !== focused) (document.getElementById(focused) ?? document.getElementById('again'))?.focus();
  } catch {
    // The next change draws it.
  } finally {
    drawing = false;
    if (drawAgain) { drawAgain = false; redraw(); }
  }
}

function sayConnection(word) {
  const place = find('connection');
  place.textContent = CONNECTION[word];
  place.dataset.connection = word;
}

for (const hidden of document.querySelectorAll('[data-needs-script], [data-follow], [data-wrap]')) hidden.hidden = false;

const followButton = find('follow');
const jump = find('jump-end');
log.onFollow = (on) => {
  followButton.setAttribute('aria-pressed', String(on));
  jump.hidden = on;
};
followButton.addEventListener('click', () => log.follow(!log.following));
jump.addEventListener('click', () => { log.follow(true); box.focus({ preventScroll: true }); });

const wrapButton = find('wrap');
function wrap(on) {
  wrapButton.setAttribute('aria-pressed', String(on));
  log.wrap(on);
}
wrapButton.addEventListener('click', () => {
  const on = wrapButton.getAttribute('aria-pressed') !== 'true';
  localStorage.setItem('log-wrap', on ? 'yes' : 'no');
  wrap(on);
});
wrap(localStorage.getItem('log-wrap') === 'yes');

const search = find('search');
let searching = 0;
log.onFound = (count, at) => {
  find('found').textContent = search.value === '' ? '' : count === 0 ? 'no line' : at > 0 ? `${at} of ${count.toLocaleString('en')}` : `${count.toLocaleString('en')}`;
};
search.addEventListener('input', () => {
  clearTimeout(searching);
  searching = setTimeout(() => log.search(search.value), 200);
});
search.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') { event.preventDefault(); log.step(event.shiftKey ? -1 : 1); }
  if (event.key === 'Escape' && search.value !== '') { search.value = ''; log.search(''); }
});
find('next').addEventListener('click', () => log.step(1));
find('previous').addEventListener('click', () => log.step(-1));

setInterval(() => { if (ended === null) showTime(); }, 1000);

new ExecutionFeed(Number(box.dataset.execution), {
  last: () => log.last,
  take: (portion) => {
    if (portion.lines) log.append(portion.lines);
    if (portion.state) showState(portion.state);
  },
  say: sayConnection,
}).run();
