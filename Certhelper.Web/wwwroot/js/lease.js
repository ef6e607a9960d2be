// While somebody works in the form, the run reconstruction stays taken; when nothing happens it goes back by itself.
const BEAT = 60000;

export function keepLease(form, taken) {
  const url = form.dataset.leaseUrl;
  if (!url) return;
  // Only whoever has taken it or types is at work; looking at it is not.
  let working = form.dataset.leaseMine === 'yes';
  let active = working;
  const act = () => { active = true; };
  for (const type of ['keydown', 'pointerdown', 'scroll']) addEventListener(type, act, { passive: true });
  form.addEventListener('input', () => { working = true; act(); });

  setInterval(async () => {
    if (!working || !active || document.visibilityState === 'hidden') return;
    active = false;
    try {
      const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: { RequestVerificationToken: form.elements.__token.value, 'HX-Request': 'true' } });
      if (!answer.ok) return;
      const lease = await answer.json();
      taken(lease.holder ? lease : null);
    } catch {
      // The next beat tries again; the draft's state line says that the server is away.
    }
  }, BEAT);
}
