// Copies a report's text to the clipboard. Without script, or without the right to do so, the text can be marked by hand.
for (const button of document.querySelectorAll('[data-copy]')) {
  const text = document.querySelector(button.dataset.copy);
  if (!text) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const words = [...button.childNodes];
    const say = (said) => {
      button.textContent = said;
      setTimeout(() => button.replaceChildren(...words), 2500);
    };
    try {
      await navigator.clipboard.writeText(text.textContent);
      say('Copied');
    } catch {
      getSelection().selectAllChildren(text);
      say('Marked: press Ctrl+C');
    }
  });
}
