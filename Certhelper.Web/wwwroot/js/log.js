// A log of any length: lines are kept as text, and only blocks near what is seen are elements.
import { pieces, plain } from './ansi.js';

const BLOCK = 200;
const MOST_LINES = 300000;
const NEAR = '1200px 0px';
const AT_END = 48;

export class LogView {
  #box;
  #lines = document.createElement('div');
  #tail = document.createElement('div');
  #note = document.createElement('p');
  #blocks = [];
  #waiting = [];
  #timer = 0;
  #rowHeight = 20;
  #top = 0;
  #query = '';
  #matches = [];
  #match = -1;
  #observer;

  following = true;
  last = 0;
  count = 0;
  onFollow = () => {};
  onFound = () => {};

  constructor(box) {
    this.#box = box;
    this.#lines.className = 'log-lines';
    this.#tail.className = 'log-line log-tail';
    this.#tail.dataset.n = '…';
    this.#tail.hidden = true;
    this.#note.className = 'log-note';
    this.#note.hidden = true;
    this.#lines.append(this.#note, this.#tail);
    box.replaceChildren(this.#lines);
    this.#observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const block = entry.target.block;
        if (entry.isIntersecting) this.#draw(block); else this.#forget(block);
      }
    }, { root: box, rootMargin: NEAR });
    box.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    addEventListener('resize', () => { if (this.following) this.toEnd(); });
  }

  // Lines as they come: [[number, text, 0 when no line break follows], …]. What is there already is left out.
  append(lines) {
    for (const line of lines) {
      if (line[0] <= this.last) continue;
      this.last = line[0];
      this.#waiting.push(line);
    }
    // A timer, not an animation frame: a tab in the background must not pile up what it gets.
    if (!this.#timer) this.#timer = setTimeout(() => this.#flush(), 40);
  }

  tail(text) {
    this.#tail.hidden = !text;
    this.#tail.replaceChildren(...(text ? this.#nodes(text) : []));
    if (this.following) this.toEnd();
  }

  note(text) {
    this.#note.textContent = text;
    this.#note.hidden = !text;
  }

  follow(on) {
    if (this.following === on) return;
    this.following = on;
    this.onFollow(on);
    if (on) this.toEnd();
  }

  toEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#top = this.#box.scrollTop;
  }

  wrap(on) {
    this.#box.classList.toggle('log-wrap', on);
    // Heights that were measured are not true any more.
    for (const block of this.#blocks) if (!block.drawn) block.element.style.height = `${block.lines.length * this.#rowHeight}px`;
    if (this.following) this.toEnd();
  }

  search(words) {
    this.#query = words.toLowerCase();
    this.#matches = [];
    this.#match = -1;
    if (this.#query) for (const block of this.#blocks) this.#find(block, block.lines);
    for (const block of this.#blocks) if (block.drawn) this.#draw(block, true);
    this.onFound(this.#matches.length, 0);
    if (this.#matches.length > 0) this.step(1);
  }

  // To the next match (1) or the one before (-1); the first is the one nearest below what is seen.
  step(direction) {
    const count = this.#matches.length;
    if (count === 0) return;
    if (this.#match < 0) {
      const seen = this.#firstSeen();
      const next = this.#matches.findIndex((match) => match.line[0] >= seen);
      this.#match = next < 0 ? 0 : next;
    } else {
      this.#match = (this.#match + direction + count) % count;
    }
    this.follow(false);
    const { block, line } = this.#matches[this.#match];
    this.#box.querySelector('.log-now')?.classList.remove('log-now');
    this.#draw(block);
    const element = block.element.children[block.lines.indexOf(line)];
    element.classList.add('log-now');
    element.scrollIntoView({ block: 'center', inline: 'nearest' });
    this.onFound(count, this.#match + 1);
  }

  #flush() {
    this.#timer = 0;
    const lines = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < lines.length;) {
      let block = this.#blocks.at(-1);
      if (!block || block.lines.length >= BLOCK) block = this.#newBlock();
      const some = lines.slice(i, i + BLOCK - block.lines.length);
      i += some.length;
      block.lines.push(...some);
      if (this.#query) this.#find(block, some);
      if (block.drawn) {
        block.element.append(...some.map((line) => this.#row(line)));
      } else {
        block.element.style.height = `${block.lines.length * this.#rowHeight}px`;
      }
    }
    this.count += lines.length;
    this.#dropOldest();
    if (this.#query && lines.length > 0) this.onFound(this.#matches.length, this.#match + 1);
    if (this.following) this.toEnd();
  }

  #newBlock() {
    const element = document.createElement('div');
    element.className = 'log-block';
    const block = { element, lines: [], drawn: false };
    element.block = block;
    this.#blocks.push(block);
    this.#tail.before(element);
    this.#observer.observe(element);
    return block;
  }

  #draw(block, again = false) {
    if (block.drawn && !again) return;
    block.drawn = true;
    block.element.style.height = '';
    block.element.replaceChildren(...block.lines.map((line) => this.#row(line)));
    const first = block.element.firstElementChild;
    if (first && !this.#box.classList.contains('log-wrap')) this.#rowHeight = first.getBoundingClientRect().height || this.#rowHeight;
  }

  #forget(block) {
    if (!block.drawn || block === this.#blocks.at(-1)) return;
    // Somebody selects text in it.
    const chosen = getSelection();
    if (chosen && !chosen.isCollapsed && chosen.containsNode(block.element, true)) return;
    block.element.style.height = `${block.element.getBoundingClientRect().height}px`;
    block.drawn = false;
    block.element.replaceChildren();
  }

  #row(line) {
    const row = document.createElement('div');
    row.className = line[2] === 0 ? 'log-line log-part' : 'log-line';
    row.dataset.n = line[0];
    row.append(...this.#nodes(line[1]));
    return row;
  }

  #nodes(text) {
    const found = pieces(text);
    if (!this.#query) return found.map((piece) => node(piece.text, piece.css));
    const whole = found.map((piece) => piece.text).join('').toLowerCase();
    const marks = [];
    for (let at = whole.indexOf(this.#query); at >= 0; at = whole.indexOf(this.#query, at + this.#query.length)) marks.push([at, at + this.#query.length]);
    const nodes = [];
    let start = 0;
    for (const piece of found) {
      const end = start + piece.text.length;
      let at = start;
      for (const [from, to] of marks) {
        if (to <= at || from >= end) continue;
        if (from > at) nodes.push(node(whole === '' ? '' : piece.text.slice(at - start, from - start), piece.css));
        const mark = document.createElement('mark');
        mark.append(node(piece.text.slice(Math.max(at, from) - start, Math.min(to, end) - start), piece.css));
        nodes.push(mark);
        at = Math.min(to, end);
      }
      if (at < end) nodes.push(node(piece.text.slice(at - start), piece.css));
      start = end;
    }
    return nodes;
  }

  #find(block, lines) {
    for (const line of lines) if (plain(line[1]).toLowerCase().includes(this.#query)) this.#matches.push({ block, line });
  }

  #firstSeen() {
    const top = this.#box.scrollTop;
    const block = this.#blocks.find((one) => one.element.offsetTop + one.element.offsetHeight > top);
    if (!block) return 0;
    const inside = Math.max(0, Math.floor((top - block.element.offsetTop) / this.#rowHeight));
    return block.lines[Math.min(inside, block.lines.length - 1)]?.[0] ?? 0;
  }

  #dropOldest() {
    if (this.count <= MOST_LINES) return;
    let dropped = null;
    while (this.count > MOST_LINES) {
      dropped = this.#blocks.shift();
      this.#observer.unobserve(dropped.element);
      dropped.element.remove();
      this.count -= dropped.lines.length;
    }
    this.#matches = this.#matches.filter((match) => match.line[0] > dropped.lines.at(-1)[0]);
    this.#match = Math.min(this.#match, this.#matches.length - 1);
    this.note(`This page keeps the last ${MOST_LINES.toLocaleString('en')} lines. What was before line ${(dropped.lines.at(-1)[0] + 1).toLocaleString('en')} is in the whole log.`);
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END;
    if (atEnd && scrollTop > this.#top + 2) this.follow(true);
    else if (!atEnd && scrollTop < this.#top - 2) this.follow(false);
    this.#top = scrollTop;
  }
}

function node(text, css) {
  if (css === '') return document.createTextNode(text);
  const span = document.createElement('span');
  span.className = css;
  span.textContent = text;
  return span;
}
