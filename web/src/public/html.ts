/** Text that is already safe markup. Everything else is escaped, so a name from the database can never become a tag. */
export class Html {
  constructor(readonly text: string) {}
  toString() { return this.text }
}
type Part = Html | string | number | null | undefined | false | Part[]

export function escape_text(text: string): string {
  return text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
}
function write(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(write).join('')
  return escape_text(String(part))
}
/** html`<p>${name}</p>`: used at build time and in the browser, so a page is drawn by one piece of code. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((out, text, i) => out + text + (i < parts.length ? write(parts[i]) : ''), ''))
}
