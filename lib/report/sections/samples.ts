import { formatUnit } from '@/lib/figures/format';
import { html, type Content, type Markup } from '../markup';
import type { ReportModel, ReportSample } from '../model';

/** Strips of samples with their pictures. */
export function samples({ strips }: ReportModel): Content {
  const shown = strips.filter((strip) => strip.samples.length > 0);
  if (shown.length === 0) return null;
  return html`<section><h2>Samples at a glance</h2>${shown.map(({ title, about, samples: list }) => html`<h3>${title}</h3><p class="note">${about}</p><ul class="strip">${list.map(card)}</ul>`)}</section>`;
}

function card({ fileName, role, defectType, quality, zone, verdict, reason, picture }: ReportSample): Markup {
  const label = defectType === null ? role : `${role}, ${defectType}`;
  const score = [quality === null ? null : `quality ${formatUnit(quality)}`, zone].filter((part) => part !== null).join(', ');
  const decision = [verdict ?? 'undecided', reason].filter((part) => part !== null).join(': ');
  return html`<li>${picture === null ? null : html`<img src="${picture}" alt="${fileName}">`}<p class="name">${fileName}</p><p>${label}</p>${score === '' ? null : html`<p>${score}</p>`}<p>${decision}</p></li>`;
}
