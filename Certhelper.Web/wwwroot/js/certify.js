// The certify form: keeps what is typed in this browser until it is saved, names what is missing, and lets G, B and E
// choose verdicts. Without this script the form works all the same.
import { isDone } from './answers.js';

const form = document.querySelector('[data-certify]');
const name = form.dataset.draft;
const bar = form.querySelector('[data-missing]');
const state = form.querySelector('[data-draft-state]');
const notice = document.querySelector('[data-draft-notice]');
const ignored = new Set(['__token', 'Version']);
// A page that the server sent back with mistakes or a conflict holds what was typed and is not saved.
const sentBack = form.dataset.draftRestore !== 'yes';
let leaving = false;

function read() {
  const fields = {};
  for (const [key, value] of new FormData(form)) if (!ignored.has(key)) fields[key] = value;
  return fields;
}

function write(fields) {
  for (const control of form.elements) {
    if (!control.name || ignored.has(control.name)) continue;
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = fields[control.name] === control.value;
    else if (control.name in fields) control.value = fields[control.name];
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const clock = (time) => new Date(time).toTimeString().slice(0, 8);
const untouched = read();

function keep() {
  const fields = read();
  if (!sentBack && same(fields, untouched)) {
    localStorage.removeItem(name);
    state.textContent = '';
    return;
  }
  const at = Date.now();
  localStorage.setItem(name, JSON.stringify({ at, fields }));
  state.textContent = `kept in this browser ${clock(at)}`;
}

// What was typed before a crash, a lost session or a closed window.
function bringBack() {
  const stored = localStorage.getItem(name);
  if (!stored || sentBack) return;
  const draft = JSON.parse(stored);
  if (same(draft.fields, untouched)) return;
  write(draft.fields);
  notice.querySelector('[data-draft-time]').textContent = new Date(draft.at).toLocaleString('sv-SE').slice(0, 16);
  notice.hidden = false;
  state.textContent = `kept in this browser ${clock(draft.at)}`;
}

notice.querySelector('[data-draft-drop]').addEventListener('click', () => {
  localStorage.removeItem(name);
  write(untouched);
  notice.hidden = true;
  show();
});

// What is missing, by name, with a way to it.
const filled = (group) => 'checklist' in group.dataset ? isDone(group) : [...group.querySelectorAll('input, select, textarea')].some((control) =>
  control.type === 'radio' ? control.checked : control.type !== 'checkbox' && control.value.trim() !== '');

function missing() {
  const groups = [...form.querySelectorAll('[data-needed]')].filter((group) => !filled(group))
    .map((group) => ({ words: group.dataset.needed, id: group.id || group.querySelector('[id]').id }));
  const anyBad = [...form.querySelectorAll('[data-verdict-keys] input[value="Bad"]')].some((input) => input.checked);
  const reason = form.elements['Input.BadReasonId'];
  if (anyBad && !reason.value) groups.push({ words: 'Why bad', id: reason.id });
  return groups;
}

function showMissing() {
  const groups = missing();
  bar.replaceChildren(groups.length ? 'Still needed: ' : 'Everything needed is there.');
  groups.forEach((group, index) => {
    const link = document.createElement('a');
    link.href = `#${group.id}`;
    link.textContent = group.words;
    bar.append(index ? ', ' : '', link);
  });
}

// What the three verdicts come to; the server decides by the same rule when it saves.
const outcome = form.querySelector('[data-outcome]');

function showOutcome() {
  const cosmics = (form.elements['Facts.Type'].value || (outcome.dataset.cosmics === 'yes' ? 'Cosmics' : '')) === 'Cosmics';
  const parts = ['Pixel', 'Strip', 'Tracking'].map((part) => ({
    part,
    verdict: form.elements[`Input.${part}`].value,
    low: form.elements[`Input.${part}LowStatistics`].checked,
  }));
  const decided = parts.every((part) => part.verdict);
  const good = parts.every(({ part, verdict, low }) => (part === 'Pixel' && cosmics) || verdict === 'Good' || low);
  const is = !decided ? 'open' : good ? 'good' : 'bad';
  if (outcome.dataset.is === is) return;
  outcome.dataset.is = is;
  outcome.replaceChildren(form.querySelector(`[data-outcome-is="${is}"]`).content.cloneNode(true));
}

function show() {
  showMissing();
  showOutcome();
}

form.addEventListener('input', (event) => {
  const wrong = event.target.closest('.field-wrong');
  wrong?.classList.remove('field-wrong');
  wrong?.querySelector('.field-error')?.remove();
  show();
  keep();
});

// G, B, E inside a component choose, and go on to the next.
const keys = { g: 'Good', b: 'Bad', e: 'Excluded' };
const switches = [...form.querySelectorAll('[data-verdict-keys]')];
for (const [index, group] of switches.entries()) {
  group.addEventListener('keydown', (event) => {
    const value = keys[event.key.toLowerCase()];
    if (!value || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const choice = group.querySelector(`input[value="${value}"]`);
    choice.checked = true;
    choice.dispatchEvent(new Event('input', { bubbles: true }));
    const next = switches[index + 1]?.querySelector('input[type="radio"]:checked') ?? switches[index + 1]?.querySelector('input[type="radio"]');
    (next ?? choice).focus();
  });
}

form.addEventListener('submit', () => { keep(); leaving = true; });
form.querySelector('[data-draft-leave]').addEventListener('click', () => { localStorage.removeItem(name); leaving = true; });
addEventListener('beforeunload', (event) => {
  if (!leaving && (sentBack || !same(read(), untouched))) event.preventDefault();
});
addEventListener('pageshow', () => { leaving = false; });

bringBack();
show();
document.querySelector('.summary-wrong, .conflict')?.focus();
