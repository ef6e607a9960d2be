// Lists: addresses without empty parameters, so that they can be read, kept and sent. Without this script lists work all
// the same.
for (const form of document.querySelectorAll('[data-filters]')) {
  form.addEventListener('htmx:configRequest', (event) => {
    const { parameters } = event.detail;
    for (const name of Object.keys(parameters)) {
      const value = parameters[name];
      if (Array.isArray(value)) parameters[name] = value.filter((one) => one !== '').join(',');
      if (parameters[name] === '') delete parameters[name];
    }
  });
  form.addEventListener('change', () => {
    for (const menu of form.querySelectorAll('.check-menu')) {
      const count = menu.querySelectorAll('input:checked').length;
      menu.querySelector('summary span').textContent = count === 0 ? 'any' : `${count} chosen`;
    }
  });
}
