import { useLayoutEffect, useRef, useState } from 'react'
import type { HeldRow } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { format_date } from '../../lib/dates.ts'
import { baht, draw, edge_path, tree_of, type Box, type ChainNode } from './chains.ts'

const first_width = 320

/** Law → power → office → who received it. Boxes of offices and orders are links; the same stands below as text. */
export function ChainPicture({ rows, label }: { rows: HeldRow[]; label: string }) {
  const { t, lang, pick } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const [width, set_width] = useState(first_width)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const watcher = new ResizeObserver(([entry]) => { if (entry) set_width(Math.floor(entry.contentRect.width)) })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  const trees = tree_of(rows, {
    law: row => pick(row.law_th, row.law_en),
    power: row => row.acts.map(act => pick(act.label_th, act.label_en)).join(' · '),
    office: row => pick(row.office.title_th, row.office.title_en),
    limits: row => [
      ...(row.ceiling_satang === null ? [] : [t('deleg.at_most', { baht: baht(row.ceiling_satang) })]),
      ...(row.project ? [row.project.name_th] : []),
      ...(row.depth > 0 && row.to_date ? [t('deleg.until_day', { day: format_date(row.to_date, lang, 'short') })] : []),
      ...(row.depth === 0 && !row.verified ? [t('deleg.unverified')] : []),
    ],
  })
  const { boxes, edges, height, columns } = draw(trees, Math.max(width, 240))
  return (
    <div className="chains" ref={frame}>
      <svg viewBox={`0 0 ${Math.max(width, 240)} ${height + 4}`} width={Math.max(width, 240)} height={height + 4} role="group" aria-label={label}>
        {edges.map((edge, i) => <path key={i} className="chain-edge" d={edge_path(edge, columns)} />)}
        {boxes.map((box, i) => <Place key={i} box={box} />)}
      </svg>
      <details>
        <summary>{t('deleg.as_text')}</summary>
        <Outline nodes={trees} />
      </details>
    </div>
  )
}

/** A link is named by the title of what it holds. */
function Place({ box }: { box: Box }) {
  const { row, kind } = box.node
  if (kind === 'office') return <Link to="/offices/$office_id/powers" params={{ office_id: row.office.office_id }}><Drawn box={box} /></Link>
  if (kind === 'grant' && row.order_id !== null) return <Link to="/delegation-orders/$order_id" params={{ order_id: row.order_id }}><Drawn box={box} /></Link>
  return <Drawn box={box} />
}

function Drawn({ box }: { box: Box }) {
  const { x, y, width, height, lines, small, node } = box
  return (
    <g className={`chain-box ${node.kind}`}>
      <title>{[node.title, ...node.details].join(', ')}</title>
      <rect x={x + 1} y={y + 1} width={width - 2} height={height - 2} rx={6} />
      {lines.map((text, i) => <text key={i} className="chain-title" x={x + 12} y={y + 27 + i * 22}>{text}</text>)}
      {small.map((text, i) => <text key={i} className="chain-small" x={x + 12} y={y + 25 + lines.length * 22 + i * 19}>{text}</text>)}
    </g>
  )
}

function Outline({ nodes }: { nodes: ChainNode[] }) {
  return <ul>{nodes.map((node, i) => <li key={i}>{[node.title, ...node.details].join(' · ')}{node.children.length > 0 && <Outline nodes={node.children} />}</li>)}</ul>
}
