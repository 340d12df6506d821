// Which view stands at which address. A view is `view(root, route) -> {update(route), leave()}`; without `update` it is made
// anew when the query changes.
import { html, render } from 'lit-html';
import { experimentsView } from './experiments.js';
import { experimentView } from './experiment.js';
import { latentView } from './latent.js';
import { submitView } from './submit.js';
import { synsetView } from './synset.js';
import { installTips } from './tips.js';
import { treeView } from './tree.js';

const ROUTES = [
  [/^\/$/, experimentsView, () => ({})],
  [/^\/new$/, submitView, () => ({})],
  [/^\/experiments\/([^/]+)$/, experimentView, ([id]) => ({ id })],
  [/^\/experiments\/([^/]+)\/latents\/([^/]+)\/(\d+)$/, latentView, ([id, layer, latent]) => ({ id, layer, latent })],
  [/^\/experiments\/([^/]+)\/tree$/, treeView, ([id]) => ({ id })],
  [/^\/experiments\/([^/]+)\/synsets\/([^/]+)$/, synsetView, ([id, wnid]) => ({ id, wnid })],
];

const main = document.getElementById('main');
let shown = null;

function read() {
  const [path, query = ''] = (location.hash.slice(1) || '/').split('?');
  for (const [pattern, view, parameters] of ROUTES) {
    const match = path.match(pattern);
    if (match) {
      const parts = match.slice(1).map(decodeURIComponent);
      return { path, view, ...parameters(parts), query: Object.fromEntries(new URLSearchParams(query)) };
    }
  }
  return null;
}

function show() {
  if (location.hash === '#main') return main.focus();
  const route = read();
  if (route && shown?.path === route.path && shown.update) return shown.update(route);
  shown?.leave();
  // A fresh element for each view: nothing of the last one stays behind.
  const root = document.createElement('div');
  main.replaceChildren(root);
  if (!route) {
    shown = null;
    render(
      html`<h1>Nothing here</h1>
        <p>There is no page at <code>${location.hash}</code>. <a href="#/">See all experiments</a>.</p>`,
      root,
    );
    return;
  }
  shown = { path: route.path, ...route.view(root, route) };
  scrollTo(0, 0);
}

function installTheme(button) {
  const page = document.documentElement;
  const stored = localStorage.getItem('theme');
  if (stored) page.dataset.theme = stored;
  button.addEventListener('click', () => {
    const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const isDark = (page.dataset.theme ?? (prefersDark ? 'dark' : 'light')) === 'dark';
    page.dataset.theme = isDark ? 'light' : 'dark';
    localStorage.setItem('theme', page.dataset.theme);
  });
}

installTips(document.getElementById('tip'));
installTheme(document.getElementById('theme'));
addEventListener('hashchange', show);
show();
