// One stop for the tabulator in each plot; the arrow keys lead from point to point. Without this script the first point
// can be reached, and the table holds all values.
for (const sheet of document.querySelectorAll("[data-plot]")) {
  const points = [...sheet.querySelectorAll("[data-point]")];
  const says = sheet.parentElement.querySelector("[data-says]");
  const show = point => { says.textContent = point ? point.getAttribute("aria-label") : ""; };
  const goTo = at => {
    const point = points[Math.min(points.length - 1, Math.max(0, at))];
    for (const other of points) other.setAttribute("tabindex", other === point ? "0" : "-1");
    point.focus();
  };

  sheet.addEventListener("keydown", event => {
    const at = points.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: points.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  });
  sheet.addEventListener("focusin", event => show(event.target.closest("[data-point]")));
  sheet.addEventListener("pointerover", event => show(event.target.closest("[data-point]")));
}
