// Forms marked with data-unsaved ask before what was typed into them is lost. Sending the form is no loss.
const changed = new Set();

document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-unsaved]');
  if (form) changed.add(form);
});
document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});
// A form that the server has drawn again, with what was typed, is as unsaved as it was.
document.addEventListener('htmx:afterSettle', () => {
  for (const form of [...changed]) {
    if (form.isConnected) continue;
    changed.delete(form);
    for (const again of document.querySelectorAll('form[data-unsaved]')) changed.add(again);
  }
});
addEventListener('beforeunload', (event) => {
  if (changed.size > 0) event.preventDefault();
});
