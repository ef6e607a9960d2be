// Forms marked with data-unsaved ask before what was typed into them is lost. Sending the form is no loss.
const changed = new Set();

document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-unsaved]');
  if (form) changed.add(form);
});
document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});
addEventListener('beforeunload', (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size > 0) event.preventDefault();
});
