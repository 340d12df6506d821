// How the latents of each layer relate: to each other, to those of a second seed, and to those of the next layer.
import { html, nothing } from 'lit-html';
import { experimentPath, get } from './api.js';
import { finding, layerTable } from './layer-table.js';
import { problemBox } from './parts.js';
import { depthPlot, legend, readout } from './plot.js';
import { RELATION_GROUPS } from './relation-measures.js';
import { isNumber, valueOf, SERIES } from './reports.js';

const ASIDE = 320;
const WIDE = 960;

/** Fetches the analyses when layers are there, and again when more are done. */
export function relationsPart(id, draw) {
  const state = { found: null, problem: null, pointed: null, nDone: -1 };
  const load = async () => {
    try {
      const [relations, comparisons] = await Promise.all(
        ['relations', 'comparisons'].map((kind) => get(`${experimentPath(id)}/${kind}`)),
      );
      Object.assign(state, { found: { relations: relations.items, comparisons: comparisons.items }, problem: null });
    } catch (problem) {
      state.problem = problem;
    }
    draw();
  };
  const onPoint = (report, x) => {
    state.pointed = report && { report, x };
    draw();
  };
  return {
    choose: (experiment) => {
      const nDone = countAnalyses(experiment);
      if (nDone === state.nDone) return;
      state.nDone = nDone;
      if (nDone) load();
    },
    draw: (page, layer, address) => {
      if (state.problem) return problemBox(state.problem, load);
      return state.found ? section(page, layer, address, state, onPoint) : nothing;
    },
  };
}

const countAnalyses = ({ stages }) =>
  stages.filter(({ kind, state }) => ['RELATE', 'COMPARE_SEEDS', 'FOLLOW'].includes(kind) && state === 'SUCCEEDED')
    .length;

/** Each layer's dictionaries with their relations, its trained SAE with the comparisons that start from it. */
function joined(layers, { relations, comparisons }) {
  return layers.map((layer) => {
    const of = Object.fromEntries(
      Object.entries(layer.of).map(([variant, dictionary]) => [
        variant,
        {
          ...dictionary,
          relation: relations.find((made) => made.layer === layer.layer && made.variant === variant)?.report,
        },
      ]),
    );
    const compared = (kind) => comparisons.find((made) => made.layer === layer.layer && made.kind === kind)?.report;
    Object.assign(of.TRAINED, { seeds: compared('SEEDS'), next: compared('LAYERS') });
    return { ...layer, of };
  });
}

const has = (reports, measure) =>
  reports.some((report) => SERIES.some((series) => isNumber(valueOf(report, measure, series))));

function section(page, layer, address, state, onPoint) {
  const reports = joined(page.layers, state.found);
  const groups = RELATION_GROUPS.map(([group, measures]) => [group, measures.filter((each) => has(reports, each))]).filter(
    ([, measures]) => measures.length,
  );
  if (groups.length === 0) return nothing;
  const all = groups.flatMap(([, measures]) => measures);
  const measure = all.find(({ id }) => id === page.route.query.relation) ?? all[0];
  return html`<section class="layers relations" aria-label="Relations">
    <h2>How the latents relate</h2>
    ${choice(groups, measure, address)} ${notes(state.found)}
    <p class="finding">
      <b>${measure.tab}.</b> ${finding(
        reports.filter((report) => has([report], measure)),
        measure,
        page.experiment.state === 'SUCCEEDED',
      )}
    </p>
    ${figure(reports, layer, measure, page.width, address, state.pointed, onPoint)}
    ${layerTable(reports, { measure, chosen: layer.layer, link: (report) => address({ layer: report.layer }) })}
    ${lists(layer, state.found)}
  </section>`;
}

function figure(reports, layer, measure, width, address, pointed, onPoint) {
  const isWide = width >= WIDE;
  const plotWidth = Math.max(280, isWide ? width - ASIDE - 32 : width);
  const link = (report) => address({ layer: report.layer });
  const options = { chosen: layer.layer, link, onPoint, width: plotWidth, height: 340 };
  return html`<div class=${isWide ? 'figure wide' : 'figure'}>
    <div class="canvas">
      ${legend(reports, measure)} ${depthPlot(reports, measure, options)} ${readout(pointed, measure, plotWidth)}
    </div>
    <div class="aside"><div class="meaning">${measure.meaning.map((paragraph) => html`<p>${paragraph}</p>`)}</div></div>
  </div>`;
}

/** A tab for each group's first question, the others in a list. */
function choice(groups, measure, address) {
  const heads = groups.map(([, [head]]) => head);
  const isOther = !heads.includes(measure);
  return html`<nav class="tabs" aria-label="Relation">
    ${heads.map(
      ({ id, tab }) =>
        html`<a href=${address({ relation: id })} aria-current=${id === measure.id ? 'true' : 'false'}>${tab}</a>`,
    )}
    <select
      class=${isOther ? 'chosen' : ''}
      aria-label="Another relation"
      @change=${(event) => event.target.value && (location.hash = address({ relation: event.target.value }))}
    >
      <option value="" ?selected=${!isOther}>another relation…</option>
      ${groups.map(
        ([group, [, ...others]]) =>
          html`<optgroup label=${group}>
            ${others.map(({ id, tab }) => html`<option value=${id} ?selected=${id === measure.id}>${tab}</option>`)}
          </optgroup>`,
      )}
    </select>
  </nav>`;
}

/** Each note once, however many layers it holds for. */
function notes({ relations, comparisons }) {
  const all = new Set([...relations, ...comparisons].flatMap(({ report }) => report.notes));
  return [...all].map((note) => html`<p class="callout">${note}</p>`);
}

/** The rows behind the means. */
function lists(layer, { relations, comparisons }) {
  const relation = relations.find((made) => made.layer === layer.layer && made.variant === 'TRAINED');
  const compared = comparisons.filter((made) => made.layer === layer.layer);
  const link = (path, name) => html`<a href=${path}>${name}</a>`;
  return html`<p class="files facts">
    ${layer.layer}, JSON:
    ${relation
      ? ['pairs', 'synsets', 'latents'].map((rows) => link(`/api/v1/relations/${relation.relationId}/${rows}`, rows))
      : nothing}
    ${compared.map(({ kind, comparisonId }) =>
      link(
        `/api/v1/comparisons/${comparisonId}/matches`,
        kind === 'SEEDS' ? 'matches with the second seed' : 'matches with the next layer',
      ),
    )}
  </p>`;
}
