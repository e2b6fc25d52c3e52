/** A catalogue is a flat object of sentences; {name} marks a gap. Keys are checked by the compiler in every language. */
export function translator<Key extends string>(sentences: Record<Key, string>) {
  return (key: Key, gaps: Record<string, string | number> = {}): string =>
    sentences[key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in gaps ? String(gaps[name]) : whole))
}
