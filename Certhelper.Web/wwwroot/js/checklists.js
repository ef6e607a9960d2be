// Checklists on the certify form: counts, the mark of those that are done, ways to an item in a closed one, and links that
// follow the dataset and the reference that are chosen.
import { isAnswered, isDone, items } from './answers.js';

const root = document.querySelector('[data-checklists]');
const form = root.closest('form');
const lists = [...root.querySelectorAll('[data-checklist]')];

function show() {
  for (const list of lists) {
    const all = items(list);
    list.querySelector('[data-count]').textContent = `${all.filter(isAnswered).length} of ${all.length}`;
    list.dataset.done = isDone(list) ? 'yes' : 'no';
  }
}

// The dataset as it is chosen or typed, and the run of the reference: options and cards both begin with its number.
function chosen(name) {
  const control = form.elements[name];
  if (!control?.value) return '';
  if (name === 'Input.DatasetName') return control.value.trim();
  const option = control.selectedOptions?.[0] ?? form.querySelector(`label[for="${[...control].find((one) => one.checked)?.id}"]`);
  return /\d{5,}/.exec(option?.textContent ?? '')?.[0] ?? '';
}

function showLinks() {
  const values = { dataset: chosen('Input.DatasetName'), reference: chosen('Input.ReferenceId') };
  for (const link of root.querySelectorAll('[data-live]')) {
    const pattern = values.dataset ? link.dataset.live : link.dataset.live.replace(';dataset=~dataset~', '');
    let known = true;
    const address = pattern.replace(/~(dataset|reference)~/g, (_, name) => {
      known &&= values[name] !== '';
      return encodeURIComponent(values[name]);
    });
    if (known) link.href = address;
    else link.removeAttribute('href');
  }
}

// A link to something in a closed checklist opens it, and leads to what is open in it.
function goTo(id) {
  const target = document.getElementById(id);
  const list = target?.closest('[data-checklist]');
  if (!list) return false;
  list.open = true;
  const item = target === list ? items(list).find((one) => one.dataset.required === 'yes' && !isAnswered(one)) : target;
  const control = (item ?? list).querySelector('[data-answer], summary');
  control.focus();
  control.scrollIntoView({ block: 'center' });
  return true;
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && goTo(link.getAttribute('href').slice(1))) event.preventDefault();
});
for (const type of ['input', 'change', 'certify:filled']) form.addEventListener(type, () => { show(); showLinks(); });
show();
showLinks();
