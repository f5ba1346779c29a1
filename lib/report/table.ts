import { html, type Content, type Markup } from './markup';

/** A heading and how its column stands: texts left, numbers right. */
export type Heading = { readonly title: string; readonly number?: boolean };

/** A table with a caption; the first cell of each row names the row. Wide ones scroll within themselves. */
export function table(caption: string, headings: readonly Heading[], rows: readonly (readonly Content[])[]): Markup {
  const kind = (i: number) => (headings[i]?.number === true ? 'number' : 'text');
  const head = headings.map(({ title }, i) => html`<th scope="col" class="${kind(i)}">${title}</th>`);
  const body = rows.map((cells) => html`<tr>${cells.map((cell, i) => (i === 0 ? html`<th scope="row" class="${kind(i)}">${cell}</th>` : html`<td class="${kind(i)}">${cell}</td>`))}</tr>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Names and values, one below the other. */
export function facts(entries: readonly (readonly [string, Content])[]): Markup {
  return html`<dl>${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Which colour means what. */
export function legend(entries: readonly { readonly name: string; readonly kind: string; readonly count: string }[]): Markup {
  return html`<ul class="legend">${entries.map(({ name, kind, count }) => html`<li><span class="key ${kind}" aria-hidden="true"></span>${name} ${count}</li>`)}</ul>`;
}
