// Keys of every page. Single keys act only where nobody types, and can be switched off in the help (WCAG 2.1.4).
const help = document.querySelector('[data-keys-help]');
const toggle = help?.querySelector('[data-keys-toggle]');
const SWITCH = 'keys';
const on = () => localStorage.getItem(SWITCH) !== 'off';
const typing = (target) => target.isContentEditable
  || target.matches?.('textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])');

// The key, when it is a shortcut: alone, outside of text, with shortcuts on; else null.
export function plainKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (!on() || typing(event.target) || document.querySelector('dialog[open]')) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : null;
}

const board = () => document.querySelector('[data-board]');

// The link of a row that one most likely wants: what is to be certified, else the first.
const linkOf = (row) => row.querySelector('[data-row-link][href$="/certify"]') ?? row.querySelector('[data-row-link], th a');

function move(step) {
  const rows = [...board().querySelectorAll('tbody tr')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))];
  if (!next) return;
  linkOf(next).focus();
  next.scrollIntoView({ block: 'nearest' });
}

let takenFrom = null;

function take() {
  const at = document.activeElement;
  const row = at.closest('[data-board] tbody tr');
  const button = at.closest('.shift-cell')?.querySelector('[data-take]') ?? row?.querySelector('[data-take]');
  if (!button) return;
  takenFrom = { row: row.id, href: button.closest('.shift-cell').querySelector('[data-row-link]')?.getAttribute('href') };
  button.click();
}

// The row is drawn anew: the keyboard stays where it was.
document.addEventListener('htmx:load', (event) => {
  const row = event.target;
  if (!takenFrom || row.id !== takenFrom.row) return;
  (row.querySelector(`[data-row-link][href="${takenFrom.href}"]`) ?? linkOf(row)).focus();
  takenFrom = null;
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey && event.key === '0') {
    document.dispatchEvent(new CustomEvent('say', { detail: { value: `Certhelper ${document.body.dataset.version}` } }));
    return;
  }
  const key = plainKey(event);
  if (!key) return;
  if (key === '?' && help) help.showModal();
  else if (board() && key === 'j') move(1);
  else if (board() && key === 'k') move(-1);
  else if (board() && key === 't') take();
  else return;
  event.preventDefault();
});

if (toggle) {
  toggle.checked = on();
  toggle.addEventListener('change', () => {
    if (toggle.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, 'off');
  });
}
for (const button of document.querySelectorAll('[data-keys-open]')) button.addEventListener('click', () => help.showModal());
