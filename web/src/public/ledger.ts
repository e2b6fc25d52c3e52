import { format_moment } from '../lib/dates.ts'
import { format_decimal } from '../lib/numbers.ts'
import type { LatestHead, Page, TreeHead } from '../api/shapes.ts'
import { html, type Html } from './html.ts'
import { get, put, put_failure, view } from './page.ts'

const { t, lang } = view

function head_card({ head, entries, origin, keys }: LatestHead): Html {
  if (!head) return html`<p>${t('error.nothing')}</p>`
  const waiting = entries - head.tree_size
  return html`<dl class="facts">
    <dt>${t('ledger.size')}</dt><dd><b>${format_decimal(head.tree_size)}</b>${waiting > 0 && html` <span class="soft">(${t('ledger.waiting', { n: waiting })})</span>`}</dd>
    <dt>${t('ledger.signed')}</dt><dd><time datetime="${head.signed_at}">${format_moment(head.signed_at, lang)}</time></dd>
    <dt>${t('ledger.root')}</dt><dd><code>${head.root}</code></dd>
    <dt>${t('ledger.key')}</dt><dd><code>${head.key_id}</code></dd>
    <dt>${t('ledger.signature')}</dt><dd><code>${head.signature}</code></dd>
    <dt>${t('ledger.origin')}</dt><dd><code>${origin}</code></dd>
    <dt>${t('ledger.keys')}</dt><dd>${keys.map(key => html`<div><code>${key.public_key}</code> <span class="soft small">${t('ledger.key_from', { id: key.key_id, n: key.from_tree_size })}</span></div>`)}</dd></dl>`
}

function heads_table(heads: TreeHead[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${t('ledger.heads')}"><table><thead><tr><th scope="col" class="number">${t('ledger.size')}</th>
    <th scope="col">${t('ledger.signed')}</th><th scope="col">${t('ledger.root')}</th></tr></thead>
    <tbody>${heads.map(head => html`<tr><td class="number">${format_decimal(head.tree_size)}</td>
      <td><time datetime="${head.signed_at}">${format_moment(head.signed_at, lang, 'short')}</time></td><td><code>${head.root}</code></td></tr>`)}</tbody></table></div>`
}

async function show_head(): Promise<void> {
  try {
    put('head', head_card(await get<LatestHead>('/api/v1/ledger/head')))
  } catch {
    put_failure('head')
  }
}
async function show_heads(): Promise<void> {
  try {
    const { items } = await get<Page<TreeHead>>('/api/v1/ledger/heads')
    if (items.length > 0) put('heads', heads_table(items.slice(0, 20)))
  } catch { /* the link to the data stays */ }
}

await Promise.all([show_head(), show_heads()])
