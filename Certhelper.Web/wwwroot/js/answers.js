// What of a checklist is answered; the server reads answers by the same rules when it saves.
export function isAnswered(item) {
  if (item.querySelector('[data-not-applicable]')?.checked) return item.querySelector('[data-because]').value.trim() !== '';
  const answer = item.querySelector('[data-answer]');
  return answer.type === 'checkbox' ? answer.checked : answer.value.trim() !== '';
}

export const items = (list) => [...list.querySelectorAll('[data-item]')];

export const isDone = (list) => items(list).every((item) => item.dataset.required !== 'yes' || isAnswered(item));
