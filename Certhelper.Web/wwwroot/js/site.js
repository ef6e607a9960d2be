// Small things that every page has: theme switch, jump box, menus, toasts, times in the person's zone.
import './keys.js';
import './unsaved.js';

const themeButtons = [...document.querySelectorAll('[data-theme-choice]')];
const system = matchMedia('(prefers-color-scheme: dark)');

function showTheme() {
  const choice = localStorage.getItem('theme') ?? 'system';
  document.documentElement.dataset.bsTheme = choice === 'dark' || (choice === 'system' && system.matches) ? 'dark' : 'light';
  for (const button of themeButtons) button.setAttribute('aria-pressed', String(button.dataset.themeChoice === choice));
}

for (const button of themeButtons) {
  button.addEventListener('click', () => {
    if (button.dataset.themeChoice === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', button.dataset.themeChoice);
    showTheme();
  });
}
system.addEventListener('change', showTheme);
showTheme();

const jump = document.querySelector('[data-jump]');
document.addEventListener('keydown', (event) => {
  if (jump && event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    jump.focus();
    jump.select();
  }
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});

// Times come in Europe/Zurich; people read them where they are, and still find Zurich on hover.
const two = (number) => String(number).padStart(2, '0');

function showMoments(root) {
  for (const time of root.querySelectorAll('time[data-moment]')) {
    const at = new Date(time.dateTime);
    const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
    time.textContent = time.dataset.moment === 'time' ? clock : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock}`;
  }
}

showMoments(document);
document.addEventListener('htmx:load', (event) => showMoments(event.target));

// A live region is read out when its content changes, not when the page brings it: so it is put in again.
const toasts = document.querySelector('.toasts');

function watchToast(toast) {
  const close = () => toast.remove();
  toast.querySelector('[data-close]')?.addEventListener('click', close);
  const seconds = toast.querySelector('form') ? 30 : 10;
  let timer = setTimeout(close, seconds * 1000);
  for (const type of ['pointerenter', 'focusin']) toast.addEventListener(type, () => clearTimeout(timer));
  for (const type of ['pointerleave', 'focusout']) toast.addEventListener(type, () => { timer = setTimeout(close, 5000); });
}

for (const toast of [...toasts.children]) {
  if (toast.dataset.draftDone) localStorage.removeItem(toast.dataset.draftDone);
  toast.remove();
  setTimeout(() => { toasts.append(toast); watchToast(toast); }, 60);
}

function say(text) {
  const toast = document.createElement('div');
  toast.className = 'toast-note';
  const words = document.createElement('p');
  words.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.dataset.close = '';
  close.setAttribute('aria-label', 'Close');
  close.textContent = '×';
  toast.append(words, close);
  toasts.append(toast);
  watchToast(toast);
}

// A fragment that has something to say besides what it shows.
document.addEventListener('say', (event) => say(event.detail.value));

for (const type of ['htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(type, () => say('The server did not answer. Nothing was changed; try again in a moment.'));
}
document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.getResponseHeader('HX-Redirect')) return;
  say(`That did not work (the server said ${event.detail.xhr.status}). Reload the page and try again.`);
});

// Forms that must not go out twice.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  setTimeout(() => delete form.dataset.sent, 8000);
});

// Buttons that lead to something slow say so while it lasts.
document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.dataset.wait) return;
  const words = [...button.childNodes];
  button.textContent = button.dataset.wait;
  button.setAttribute('aria-busy', 'true');
  const back = () => { button.replaceChildren(...words); button.removeAttribute('aria-busy'); };
  addEventListener('pageshow', back, { once: true });
  setTimeout(back, 8000);
});
addEventListener('pageshow', () => { for (const form of document.forms) delete form.dataset.sent; });
