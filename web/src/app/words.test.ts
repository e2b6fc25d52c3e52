import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const source = join(import.meta.dirname, '..')
const catalogue = (path: string, lang: string) => JSON.parse(readFileSync(join(source, path, 'locales', `${lang}.json`), 'utf8')) as Record<string, string>
const features = readdirSync(join(source, 'features'))
const gaps = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].toSorted()

/** What a file says: whole keys, and the beginnings of those that end in a gap (`state.${state}`). */
function keys_used(folder: string): { file: string; key: string; whole: boolean }[] {
  const files = readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name) && !name.includes('.test.'))
  return files.flatMap(file => {
    const text = readFileSync(join(source, folder, file), 'utf8')
    return [
      ...[...text.matchAll(/\bt\('([\w.]+)'/g)].map(([, key]) => ({ file, key: key!, whole: true })),
      ...[...text.matchAll(/\bt\(`([\w.]+\.)\$\{/g)].map(([, key]) => ({ file, key: key!, whole: false })),
    ]
  })
}
function unknown_keys(folder: string, known: string[]): string[] {
  return keys_used(folder).filter(({ key, whole }) => !known.some(name => (whole ? name === key : name.startsWith(key)))).map(({ file, key }) => `${file}: ${key}`)
}

describe('catalogues of words', () => {
  it.each(['', ...features.map(name => `features/${name}`)])('%s/locales has the same sentences with the same gaps in both languages', path => {
    const [th, en] = [catalogue(path, 'th'), catalogue(path, 'en')]
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(th).toSorted())
    for (const key of Object.keys(th)) expect(gaps(en[key]!), key).toEqual(gaps(th[key]!))
  })

  it('no key stands in two catalogues, where the later would hide the earlier', () => {
    const keys = ['', ...features.map(name => `features/${name}`)].flatMap(path => Object.keys(catalogue(path, 'th')))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  it.each(features)('pages of %s say only what comes with them: the shell has its words, and they have their own', feature => {
    expect(unknown_keys(`features/${feature}`, [...Object.keys(catalogue('', 'th')), ...Object.keys(catalogue(`features/${feature}`, 'th'))])).toEqual([])
  })

  it.each(['app', 'components'])('%s says only what the shell knows', folder => {
    expect(unknown_keys(folder, Object.keys(catalogue('', 'th')))).toEqual([])
  })
})
