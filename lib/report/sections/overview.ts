import { sampleRoleSchema } from '@/lib/api/contracts/common';
import { countOf, formatCount } from '@/lib/figures/format';
import { utcTime } from '../utc-time';
import { html, type Markup } from '../markup';
import type { ReportModel } from '../model';
import { facts, table } from '../table';

const roleTitles = { normal: 'Normal', anomaly: 'Real anomaly', auxiliary: 'Auxiliary (synthetic)' } as const;

/** What this is, and what it is about. */
export function overview({ head, rule, createdBy, roles }: ReportModel): Markup {
  const rows = sampleRoleSchema.options.map((role) => [roleTitles[role], formatCount(roles.project[role]), formatCount(roles.selection[role])]);
  const excluded = roles.excluded === 0 ? null : html`<p class="note">${countOf(roles.excluded, 'normal')} of the project ${roles.excluded === 1 ? 'is' : 'are'} excluded and took part in nothing that was computed.</p>`;
  return html`<header><p class="kind">Curation report</p><h1>${head.project.name}</h1><p class="lead">${countOf(head.count, 'sample')}: ${rule}.</p></header>
${facts([['Object', head.project.objectName], ['Decisions up to', utcTime(head.cutOffAt)], ['Made by', createdBy ?? 'not known'], ['Written by', head.writtenBy]])}
<section><h2>Samples</h2>${table('Samples by role', [{ title: 'Role' }, { title: 'In the project', number: true }, { title: 'In this selection', number: true }], rows)}${excluded}</section>`;
}
