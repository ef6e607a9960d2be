// Beside the verdicts: problems open when a component is bad, and a new reason is added without leaving the form.
const form = document.querySelector('[data-certify]');

for (const part of form.querySelectorAll('.component-verdict')) {
  const problems = part.querySelector('[data-problems]');
  if (!problems) continue;
  part.addEventListener('input', (event) => {
    if (event.target.type === 'radio' && event.target.value === 'Bad') problems.open = true;
    problems.querySelector('[data-problem-count]').textContent = problems.querySelectorAll('input:checked').length || '';
  });
}

const link = form.querySelector('[data-add-reason]');
const reason = form.elements['Input.BadReasonId'];

// The page that adds a reason, without its frame, in a dialog; it answers a good POST with the reason as JSON.
const dialog = document.createElement('dialog');
dialog.className = 'dialog';
dialog.setAttribute('aria-labelledby', 'add-reason-title');
document.body.append(dialog);
const ask = (options) => fetch('/bad-reasons/add', { ...options, headers: { 'HX-Request': 'true', 'HX-Current-URL': location.href } });

async function show(answer) {
  if (answer.headers.get('HX-Redirect')) { location.assign(answer.headers.get('HX-Redirect')); return; }
  // Anything but the form, or the form with mistakes, is trouble that a page of its own tells better.
  if (!answer.ok && answer.status !== 422) throw new Error(`The server said ${answer.status}.`);
  dialog.innerHTML = await answer.text();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('[aria-invalid] , input:not([type=hidden])')?.focus();
}

function choose({ id, name, description, words }) {
  if (![...reason.options].some((option) => option.value === String(id))) reason.add(new Option(`${name}: ${description}`, id));
  reason.value = id;
  reason.dispatchEvent(new Event('input', { bubbles: true }));
  dialog.close();
  reason.focus();
  let said = form.querySelector('[data-reason-said]');
  if (!said) {
    said = Object.assign(document.createElement('p'), { className: 'field-hint reason-said' });
    said.dataset.reasonSaid = '';
    said.setAttribute('role', 'status');
    link.after(said);
  }
  setTimeout(() => { said.textContent = words; }, 60);
}

function fail() {
  dialog.close();
  // The page of its own says what is wrong.
  open(link.href, '_blank', 'noopener');
}

link?.addEventListener('click', (event) => {
  event.preventDefault();
  ask().then(show).catch(fail);
});
dialog.addEventListener('click', (event) => { if (event.target.closest('[data-close]')) dialog.close(); });
dialog.addEventListener('submit', (event) => {
  event.preventDefault();
  // The page's own guard against sending twice is about forms that leave the page.
  event.stopPropagation();
  ask({ method: 'POST', body: new FormData(event.target) })
    .then(async (answer) => answer.headers.get('Content-Type')?.includes('json') ? choose(await answer.json()) : show(answer))
    .catch(fail);
});
