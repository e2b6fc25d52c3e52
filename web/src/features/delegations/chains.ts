// The chains of a province as a drawing: law, power, the office that has it by law, and who received it. Pure, so that
// the place of every box can be tested. Widths are counted in average letters: marks above and below a Thai letter take none.
import type { HeldRow } from '../../api/shapes.ts'

export function baht(satang: number): string {
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(satang / 100)
}

export type NodeKind = 'law' | 'power' | 'office' | 'grant'
export interface ChainNode { kind: NodeKind; title: string; details: string[]; row: HeldRow; children: ChainNode[] }
export interface Box { node: ChainNode; x: number; y: number; width: number; height: number; lines: string[]; small: string[] }
export interface Edge { from: Box; to: Box }
export interface Drawing { boxes: Box[]; edges: Edge[]; height: number; columns: boolean }

export interface ChainWords { law: (row: HeldRow) => string; power: (row: HeldRow) => string; office: (row: HeldRow) => string; limits: (row: HeldRow) => string[] }

/** Rows come depth first: those by law, each with the grants below it behind it. */
export function tree_of(rows: HeldRow[], words: ChainWords): ChainNode[] {
  const laws: ChainNode[] = []
  const find = (list: ChainNode[], kind: NodeKind, title: string, row: HeldRow) => {
    const found = list.find(node => node.title === title)
    if (found) return found
    const made: ChainNode = { kind, title, details: [], row, children: [] }
    list.push(made)
    return made
  }
  let path: ChainNode[] = []
  for (const row of rows) {
    const node: ChainNode = { kind: row.depth === 0 ? 'office' : 'grant', title: words.office(row), details: words.limits(row), row, children: [] }
    if (row.depth === 0) {
      const law = find(laws, 'law', words.law(row), row)
      find(law.children, 'power', words.power(row), row).children.push(node)
      path = [node]
    } else {
      path = path.slice(0, row.depth)
      path.at(-1)?.children.push(node)
      path.push(node)
    }
  }
  return laws
}

const letter = 8.4
const small_letter = 7.2
const line = 22
const small_line = 19
const padding = 12
const gap = 14
const column_min = 176
const lines_max = 4

const marks = /[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]/gu
export const display_length = (text: string): number => text.replaceAll(marks, '').length

const opens = /[([“./]$/u
const closes = /^[)\]”.,:/]/u

/** What must not be torn apart: words with the brackets and points that belong to them, as in พ.ศ. and 2/2563. */
function pieces_of(text: string): string[] {
  const pieces: string[] = []
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'word' }).segment(text)) {
    const before = pieces.at(-1)
    if (before !== undefined && (opens.test(before) || closes.test(segment))) pieces[pieces.length - 1] = before + segment
    else pieces.push(segment)
  }
  return pieces
}

/** Breaks between words (Thai has no spaces: the browser's segmenter knows its words); what is too long ends in an ellipsis. */
export function wrap(text: string, letters: number): string[] {
  const words = pieces_of(text)
  const lines = ['']
  for (const word of words) {
    if (lines.at(-1) !== '' && display_length(lines.at(-1)! + word.trimEnd()) > letters) lines.push('')
    lines[lines.length - 1] += lines.at(-1) === '' ? word.trimStart() : word
  }
  const kept = lines.slice(0, lines_max).map(text => text.trimEnd())
  if (lines.length > lines_max) kept[lines_max - 1] += '…'
  return kept
}

function depth_of(nodes: ChainNode[]): number {
  return nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map(node => depth_of(node.children)))
}

/** Columns from left to right where there is room; else an outline from top to bottom, as on a phone. */
export function draw(trees: ChainNode[], width: number): Drawing {
  const depth = Math.max(depth_of(trees), 1)
  const column = width / depth
  const columns = column >= column_min + gap * 2
  const boxes: Box[] = []
  const edges: Edge[] = []
  const indent = Math.min(22, width / 16)
  let y = 0

  function box_of(node: ChainNode, level: number): Box {
    const x = columns ? level * column : level * indent
    const box_width = columns ? column - gap * 2 : Math.min(width - x, 420)
    const lines = wrap(node.title, Math.floor((box_width - padding * 2) / letter))
    const small = node.details.flatMap(detail => wrap(detail, Math.floor((box_width - padding * 2) / small_letter)))
    return { node, x, y, width: box_width, height: padding * 2 + lines.length * line + small.length * small_line - 6, lines, small }
  }
  function place(node: ChainNode, level: number): Box {
    const box = box_of(node, level)
    boxes.push(box)
    const bottom = y + box.height + gap
    if (!columns) y = bottom
    for (const child of node.children) edges.push({ from: box, to: place(child, level + 1) })
    y = Math.max(y, bottom)
    return box
  }
  for (const tree of trees) place(tree, 0)
  return { boxes, edges, height: Math.max(y - gap, 0), columns }
}

/** From the edge of one box to the next: straight to the right in columns, down and in for an outline. */
export function edge_path({ from, to }: Edge, columns: boolean): string {
  if (columns) {
    const x = from.x + from.width
    return `M${x} ${from.y + 22}H${(x + to.x) / 2}V${to.y + 22}H${to.x}`
  }
  const x = from.x + (to.x - from.x) / 2
  return `M${x} ${from.y + from.height}V${to.y + 22}H${to.x}`
}
