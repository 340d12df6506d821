// One floating box that explains what the pointer or the keyboard rests on: a text, or a synset's gloss.
import { lemma } from './format.js';
import { findSynset } from './taxonomy.js';

const glosses = new Map();

function gloss(wnid) {
  if (!glosses.has(wnid)) {
    glosses.set(
      wnid,
      findSynset(wnid).catch((problem) => {
        glosses.delete(wnid);
        return { problem };
      }),
    );
  }
  return glosses.get(wnid);
}

function describe(synset) {
  if (synset.problem) return synset.problem.message;
  return `${synset.lemmas.map(lemma).join(', ')} (${synset.wnid})\n${synset.gloss}`;
}

function place(tip, target) {
  const at = target.getBoundingClientRect();
  const gap = 8;
  const left = Math.min(Math.max(gap, at.left), innerWidth - tip.offsetWidth - gap);
  const above = at.top - tip.offsetHeight - gap;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > gap ? above : at.bottom + gap}px`;
}

export function installTips(tip) {
  let current = null;

  const hide = () => {
    current?.removeAttribute('aria-describedby');
    current = null;
    tip.hidden = true;
  };
  const show = async (event) => {
    const target = event.target.closest?.('[data-tip], [data-wnid]');
    if (!target || target === current) return;
    hide();
    current = target;
    const text = target.dataset.tip ?? describe(await gloss(target.dataset.wnid));
    if (current !== target) return;
    tip.textContent = text;
    tip.hidden = false;
    target.setAttribute('aria-describedby', tip.id);
    place(tip, target);
  };

  document.addEventListener('pointerover', show);
  document.addEventListener('focusin', show);
  document.addEventListener('pointerout', (event) => {
    if (current && !current.contains(event.relatedTarget)) hide();
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('scroll', hide, { capture: true, passive: true });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  addEventListener('hashchange', hide);
}
