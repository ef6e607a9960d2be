// Copies the few client files that are served from node_modules to wwwroot/lib, and puts the icons that the pages use
// into one sprite. Called by the build; takes no arguments.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(project, 'node_modules');
const target = join(project, 'wwwroot', 'lib');

const files = {
  'bootstrap.min.css': 'bootstrap/dist/css/bootstrap.min.css',
  'htmx.min.js': 'htmx.org/dist/htmx.min.js',
  'signalr.min.js': '@microsoft/signalr/dist/browser/signalr.min.js',
};

async function icon(name) {
  const svg = await readFile(join(modules, 'bootstrap-icons', 'icons', `${name}.svg`), 'utf8');
  const drawing = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')).replaceAll(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 16 16">${drawing}</symbol>`;
}

const names = (await readFile(join(project, 'build', 'icons.txt'), 'utf8')).split('\n').map((line) => line.trim()).filter(Boolean);
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const [name, source] of Object.entries(files)) {
  // Source maps are not served; a reference to one would be a 404 in every console.
  const text = await readFile(join(modules, source), 'utf8');
  await writeFile(join(target, name), text.replace(/\/[*/]# sourceMappingURL=.*$/m, ''));
}

const symbols = await Promise.all(names.map(icon));
await writeFile(join(target, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`);
