/** A catalogue is a flat object of sentences; {name} marks a gap. Keys are checked by the compiler in every language. */
export function translator<Key extends string>(sentences: Record<Key, string>) {
  return (key: Key, gaps: Record<string, string | number> = {}): string =>
    // A word that the server learned after this page was built is shown as it is, rather than breaking the page.
    (sentences[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => (name in gaps ? String(gaps[name]) : whole))
}
