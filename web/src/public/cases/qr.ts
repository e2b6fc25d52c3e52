import { correction, generate } from 'lean-qr/nano'
import { html, type Html } from '../html.ts'

/** A QR code as a picture of squares, with the quiet zone that readers need. */
export function qr(text: string, label: string): Html {
  const code = generate(text, { minCorrectionLevel: correction.M })
  const squares = Array.from({ length: code.size ** 2 }, (_, i) => [i % code.size, Math.floor(i / code.size)] as const)
  const path = squares.filter(([x, y]) => code.get(x, y)).map(([x, y]) => `M${x} ${y}h1v1h-1z`).join('')
  return html`<svg class="qr" viewBox="-4 -4 ${code.size + 8} ${code.size + 8}" role="img" aria-label="${label}"><path d="${path}"/></svg>`
}
