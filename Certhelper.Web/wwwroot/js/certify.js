// The certify form: names what is missing, chooses verdicts by G, B and E, and has what is typed kept. Without this
// script the form works all the same.
import { isDone } from './answers.js';
import { keepDrafts } from './drafts.js';
import { plainKey } from './keys.js';
import { keepLease } from './lease.js';

const form = document.querySelector('[data-certify]');
const bar = form.querySelector('[data-missing]');

// What is missing, by name, with a way to it.
const filled = (group) => 'checklist' in group.dataset ? isDone(group) : [...group.querySelectorAll('input, select, textarea')].some((control) =>
  control.type === 'radio' ? control.checked : control.type !== 'checkbox' && control.value.trim() !== '');

function missing() {
  const groups = [...form.querySelectorAll('[data-needed]')].filter((group) => !filled(group))
    .map((group) => ({ words: group.dataset.needed, id: group.id || group.querySelector('[id]').id }));
  const anyBad = [...form.querySelectorAll('[data-verdict-keys] input[value="Bad"]')].some((input) => input.checked);
  const reason = form.elements['Input.BadReasonId'];
  if (anyBad && !reason.value) groups.push({ words: 'Why bad', id: reason.id });
  const comment = form.elements['Input.Comment'];
  if (anyBad && !comment.value.trim()) groups.push({ words: 'Comment', id: comment.id });
  return groups;
}

function showMissing() {
  const groups = missing();
  bar.replaceChildren(groups.length ? 'Still needed: ' : 'Everything needed is there.');
  // A phone shows the first two and how many follow: the bar is over the form.
  const most = 2;
  const rest = document.createElement('span');
  rest.className = 'missing-rest';
  groups.forEach((group, index) => {
    const link = document.createElement('a');
    link.href = `#${group.id}`;
    link.textContent = group.words;
    (index < most ? bar : rest).append(index ? ', ' : '', link);
  });
  rest.dataset.count = groups.length - most;
  if (groups.length > most) bar.append(rest);
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
});

// G, B, E choose for the component that has the keyboard, else for the first without a verdict, and go on to the next;
// after the last one comes the question about the maps.
const keys = { g: 'Good', b: 'Bad', e: 'Excluded' };

function choose(value) {
  const switches = [...form.querySelectorAll('[data-verdict-keys]')];
  const at = switches.find((group) => group.contains(document.activeElement)) ?? switches.find((group) => !filled(group)) ?? switches[0];
  const choice = at.querySelector(`input[value="${value}"]`);
  choice.checked = true;
  choice.dispatchEvent(new Event('input', { bubbles: true }));
  const next = switches[switches.indexOf(at) + 1] ?? form.querySelector('#Input_TrackerMap');
  (next?.querySelector('input[type="radio"]:checked') ?? next?.querySelector('input[type="radio"]') ?? choice).focus();
}

// N goes to the first thing that is still missing; links in the bar know the way into what is folded away.
function goToMissing() {
  const [first] = missing();
  if (!first) { form.querySelector('.save-bar [type="submit"]').focus(); return; }
  const target = document.getElementById(first.id);
  if (target.closest('details')) bar.querySelector('a').click();
  else (target.matches('input, select, textarea') ? target : target.querySelector('input, select, textarea') ?? target).focus();
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const key = plainKey(event);
  if (key in keys) choose(keys[key]);
  else if (key === 'n') goToMissing();
  else if (key === 'r') (form.querySelector('[name="Input.ReferenceId"]:checked') ?? form.querySelector('[name="Input.ReferenceId"]'))?.focus();
  else if (key === 'c') form.elements['Input.Comment'].focus();
  else return;
  event.preventDefault();
});

// Who else works on it.
const leaseNotice = document.querySelector('[data-lease-notice]');

function showTaken(lease) {
  leaseNotice.hidden = !lease;
  if (!lease) return;
  leaseNotice.querySelector('[data-lease-holder]').textContent = lease.holder;
  leaseNotice.querySelector('[data-lease-until]').textContent = new Date(lease.until).toTimeString().slice(0, 5);
}

keepDrafts(form, {
  state: form.querySelector('[data-draft-state]'),
  notice: document.querySelector('[data-draft-notice]'),
  restored: () => {
    form.dispatchEvent(new Event('certify:filled'));
    show();
  },
  taken: showTaken,
});
keepLease(form, showTaken);
show();
document.querySelector('.summary-wrong, .conflict, .second-look-asks')?.focus();
