// Text of a terminal as a page can show it: colours as classes, everything else that steers a terminal made harmless.
const SEQUENCE = /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
// Control characters but the tab, and what turns the direction of text around.
const SPECIAL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const NEEDS_WORK = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function picture(letter) {
  const code = letter.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

// A carriage return begins the line anew: what follows the last one is what a terminal shows.
function current(text) {
  if (!text.includes('\r')) return text;
  const whole = text.replace(/\r+$/, '');
  return whole.slice(whole.lastIndexOf('\r') + 1);
}

// Of colours that we have no class for, the nearest of the eight.
function nearest(red, green, blue) {
  const most = Math.max(red, green, blue);
  if (most < 64) return 0;
  return (red > most / 2 ? 1 : 0) + (green > most / 2 ? 2 : 0) + (blue > most / 2 ? 4 : 0);
}

function indexed(number) {
  if (number < 16) return number % 8;
  if (number > 231) return number < 240 ? 0 : 7;
  const cube = number - 16;
  return nearest(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
}

function apply(style, parameters) {
  const codes = parameters === '' ? [0] : parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) { style.fore = style.back = null; style.bold = style.faint = style.italic = style.line = style.inverse = false; }
    else if (code === 1) style.bold = true;
    else if (code === 2) style.faint = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.line = true;
    else if (code === 7) style.inverse = true;
    else if (code === 22) style.bold = style.faint = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.line = false;
    else if (code === 27) style.inverse = false;
    else if (code >= 30 && code <= 37) style.fore = code - 30;
    else if (code >= 90 && code <= 97) style.fore = code - 90;
    else if (code === 39) style.fore = null;
    else if (code >= 40 && code <= 47) style.back = code - 40;
    else if (code >= 100 && code <= 107) style.back = code - 100;
    else if (code === 49) style.back = null;
    else if (code === 38 || code === 48) {
      let colour = null;
      if (codes[i + 1] === 5) { colour = indexed(codes[i + 2] ?? 0); i += 2; }
      else if (codes[i + 1] === 2) { colour = nearest(codes[i + 2] ?? 0, codes[i + 3] ?? 0, codes[i + 4] ?? 0); i += 4; }
      if (code === 38) style.fore = colour; else style.back = colour;
    }
  }
}

function classes(style) {
  const names = [];
  if (style.fore !== null) names.push(`ansi-${style.fore}`);
  if (style.back !== null) names.push(`ansi-on-${style.back}`);
  for (const name of ['bold', 'faint', 'italic', 'line', 'inverse']) if (style[name]) names.push(`ansi-${name}`);
  return names.join(' ');
}

// The pieces of a line: [{ text, css }]; css is empty for plain text.
export function pieces(raw) {
  const text = current(raw);
  if (!NEEDS_WORK.test(text)) return [{ text, css: '' }];
  const style = { fore: null, back: null, bold: false, faint: false, italic: false, line: false, inverse: false };
  const found = [];
  const add = (part) => { if (part !== '') found.push({ text: part.replace(SPECIAL, picture), css: classes(style) }); };
  let at = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    add(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === 'm') apply(style, match[1]);
  }
  add(text.slice(at));
  return found.length > 0 ? found : [{ text: '', css: '' }];
}

// The same without colours, for searching.
export function plain(raw) {
  const text = current(raw);
  return NEEDS_WORK.test(text) ? text.replace(SEQUENCE, '').replace(SPECIAL, picture) : text;
}
