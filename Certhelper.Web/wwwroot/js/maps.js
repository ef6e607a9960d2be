// Two maps against each other: zoomed and moved together, swiped, blinked, subtracted. Without this script the two
// pictures stand side by side.
import { plainKey } from './keys.js';

const root = document.querySelector('[data-compare]');
const stage = root.querySelector('[data-stage]');
const frames = [...stage.querySelectorAll('[data-frame]')];
const frameOf = (name) => stage.querySelector(`[data-frame="${name}"]`);
const [left, right, difference] = ['left', 'right', 'difference'].map(frameOf);
const pictures = [left, right].filter(Boolean).map((frame) => frame.querySelector('img'));
const still = matchMedia('(prefers-reduced-motion: reduce)');
const one = (selector) => root.querySelector(selector);

one('[data-tools]').hidden = false;
one('[data-help]').hidden = false;

// Zoom and place are shares of the frame, so that frames of any size show the same part.
const MOST = 16;
const view = { zoom: 1, x: 0, y: 0 };

function draw() {
  view.x = Math.min(0, Math.max(1 - view.zoom, view.x));
  view.y = Math.min(0, Math.max(1 - view.zoom, view.y));
  for (const frame of frames) {
    frame.firstElementChild.style.transform = `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.zoom})`;
    frame.classList.toggle('map-pixels', view.zoom >= 4);
  }
  stage.classList.toggle('is-zoomed', view.zoom > 1);
  one('[data-zoom-now]').textContent = `${Math.round(view.zoom * 100)} %`;
}

function zoom(factor, x = 0.5, y = 0.5) {
  const next = Math.min(MOST, Math.max(1, view.zoom * factor));
  view.x = x - ((x - view.x) * next) / view.zoom;
  view.y = y - ((y - view.y) * next) / view.zoom;
  view.zoom = next;
  draw();
}

function move(x, y) {
  view.x += x;
  view.y += y;
  draw();
}

function all() {
  Object.assign(view, { zoom: 1, x: 0, y: 0 });
  draw();
}

const placeIn = (frame, event) => {
  const box = frame.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
};

for (const frame of frames) {
  frame.addEventListener('wheel', (event) => {
    const factor = Math.exp(-event.deltaY * 0.002);
    // What is not zoomed lets the page scroll on.
    if (factor < 1 && view.zoom === 1) return;
    event.preventDefault();
    zoom(factor, ...placeIn(frame, event));
  }, { passive: false });

  const fingers = new Map();
  const apart = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event);
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const box = frame.getBoundingClientRect();
    if (fingers.size === 2) {
      const was = apart();
      fingers.set(event.pointerId, event);
      if (was > 0) zoom(apart() / was, ...placeIn(frame, event));
      return;
    }
    fingers.set(event.pointerId, event);
    move((event.clientX - before.clientX) / box.width, (event.clientY - before.clientY) / box.height);
  });
  for (const type of ['pointerup', 'pointercancel']) frame.addEventListener(type, (event) => fingers.delete(event.pointerId));
}

for (const button of root.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => ({ in: () => zoom(1.5), out: () => zoom(1 / 1.5), all })[button.dataset.zoom]());
}

const zoomKeys = { '+': () => zoom(1.25), '=': () => zoom(1.25), '-': () => zoom(0.8), 0: all };
const STEP = 0.1;
const arrows = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

document.addEventListener('keydown', (event) => {
  const act = zoomKeys[plainKey(event)];
  if (!act) return;
  act();
  event.preventDefault();
});
stage.addEventListener('keydown', (event) => {
  if (event.target !== stage) return;
  if (event.key in arrows && view.zoom > 1 && !event.ctrlKey && !event.altKey && !event.metaKey) move(...arrows[event.key]);
  else if (event.key === ' ' && root.dataset.mode === 'blink') show(shown === 'left' ? 'right' : 'left');
  else return;
  event.preventDefault();
});

// The frame takes the shape of the picture as soon as it is known.
for (const picture of pictures) {
  const shape = () => { if (picture.naturalWidth) picture.parentElement.style.aspectRatio = `${pictures[0].naturalWidth || picture.naturalWidth} / ${pictures[0].naturalHeight || picture.naturalHeight}`; };
  picture.addEventListener('load', shape);
  shape();
}

// Ways to compare.
let shown = 'left';
let timer = 0;

function show(which) {
  shown = which;
  stage.dataset.shown = which;
}

const swipe = one('[data-swipe]');
const edge = one('[data-edge]');

function drawSwipe() {
  const share = Number(swipe.value);
  right.style.clipPath = `inset(0 0 0 ${share}%)`;
  edge.style.setProperty('--at', `${share / 100}`);
  swipe.setAttribute('aria-valuetext', `left map up to ${share} %`);
}

const blink = one('[data-blink]');
const rate = one('[data-rate]');

function setBlinking(on) {
  clearInterval(timer);
  blink.setAttribute('aria-pressed', String(on));
  blink.textContent = on ? 'Stop' : 'Blink';
  // Never near the three flashes per second that can do harm.
  if (on) timer = setInterval(() => show(shown === 'left' ? 'right' : 'left'), 1000 / Math.min(2.5, Number(rate.value)));
}

const MOST_PIXELS = 2400;
let subtraction = 0;

async function subtract() {
  const turn = ++subtraction;
  const share = one('[data-share]');
  try {
    await Promise.all(pictures.map((picture) => picture.decode()));
  } catch {
    share.textContent = 'A picture did not come.';
    return;
  }
  if (turn !== subtraction) return;
  const scale = Math.min(1, MOST_PIXELS / pictures[0].naturalWidth);
  const [width, height] = [Math.round(pictures[0].naturalWidth * scale), Math.round(pictures[0].naturalHeight * scale)];
  const [a, b] = pictures.map((picture) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  });
  const least = Number(one('[data-threshold]').value);
  let differ = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const by = Math.max(Math.abs(a.data[i] - b.data[i]), Math.abs(a.data[i + 1] - b.data[i + 1]), Math.abs(a.data[i + 2] - b.data[i + 2]));
    if (by >= least) {
      differ++;
      [a.data[i], a.data[i + 1], a.data[i + 2]] = [208, 0, 111];
    } else {
      // What is the same stays visible, pale, so that one sees where one is.
      const grey = 196 + 0.23 * (0.3 * a.data[i] + 0.59 * a.data[i + 1] + 0.11 * a.data[i + 2]);
      [a.data[i], a.data[i + 1], a.data[i + 2]] = [grey, grey, grey];
    }
  }
  const canvas = one('[data-difference]');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d').putImageData(a, 0, 0);
  difference.style.aspectRatio = `${width} / ${height}`;
  const percent = (100 * differ) / (width * height);
  const same = pictures[0].naturalWidth === pictures[1].naturalWidth && pictures[0].naturalHeight === pictures[1].naturalHeight;
  share.textContent = (differ === 0 ? 'No pixel differs.' : `${percent < 0.01 ? 'less than 0.01' : percent.toFixed(2)} % of the pixels differ.`)
    + (same ? '' : ' The pictures are not of one size; the right one is stretched.');
}

function setMode(mode, remember) {
  root.dataset.mode = mode;
  for (const tools of root.querySelectorAll('[data-for-mode]')) tools.hidden = tools.dataset.forMode !== mode;
  right.style.clipPath = '';
  edge.hidden = mode !== 'swipe';
  difference.hidden = mode !== 'difference';
  delete stage.dataset.shown;
  setBlinking(false);
  if (mode === 'swipe') drawSwipe();
  else if (mode === 'blink') { show('left'); setBlinking(!still.matches); }
  else if (mode === 'difference') subtract();
  draw();
  if (!remember) return;
  const code = mode === 'side' ? '' : mode;
  const withMode = (address) => {
    const url = new URL(address, location.href);
    if (code) url.searchParams.set('mode', code);
    else url.searchParams.delete('mode');
    return url;
  };
  history.replaceState(history.state, '', withMode(location.href));
  document.querySelector('[data-mode-field]').value = code;
  for (const link of document.querySelectorAll('[data-keep-mode]')) link.href = withMode(link.href);
}

if (right) {
  for (const choice of root.querySelectorAll('[name="compare-mode"]')) choice.addEventListener('change', () => setMode(choice.value, true));
  swipe.addEventListener('input', drawSwipe);
  blink.addEventListener('click', () => setBlinking(blink.getAttribute('aria-pressed') !== 'true'));
  one('[data-swap]').addEventListener('click', () => { setBlinking(false); show(shown === 'left' ? 'right' : 'left'); });
  rate.addEventListener('input', () => {
    one('[data-rate-now]').textContent = rate.value;
    if (blink.getAttribute('aria-pressed') === 'true') setBlinking(true);
  });
  one('[data-threshold]').addEventListener('input', subtract);
  setMode(root.dataset.mode, false);
}
draw();
