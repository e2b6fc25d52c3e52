import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { Conflict, Json } from '../../lib/merge.ts'
import { place_name } from './editing.ts'

function as_text(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '–'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map((item, i) => `${i + 1}. ${as_text(item)}`).join('\n')
  if (typeof value === 'object') return Object.values(value).filter(part => typeof part === 'string' && part !== '').join(' · ')
  return String(value)
}

/** Both wrote in the same place: both texts are shown, and somebody chooses. Until then nothing of either is lost. */
export function Conflicts({ conflicts, decide }: { conflicts: Conflict[]; decide: (pointer: string, value: Json) => void }) {
  const { t } = useWords()
  if (conflicts.length === 0) return null
  return (
    <section className="conflicts notice" aria-labelledby="conflicts-title">
      <Icon name="people" />
      <div className="stack">
        <h2 id="conflicts-title">{t('conflict.title', { n: conflicts.length })}</h2>
        <p>{t('conflict.text')}</p>
        {conflicts.map(({ pointer, mine, theirs }) => (
          <div className="conflict" key={pointer} role="group" aria-label={place_name(pointer, t)}>
            <h3>{place_name(pointer, t)}</h3>
            <div className="pair">
              <div><p className="soft small">{t('conflict.mine')}</p><p className="pre quote">{as_text(mine)}</p><button type="button" className="button" onClick={() => decide(pointer, mine ?? null)}>{t('conflict.take_mine')}</button></div>
              <div><p className="soft small">{t('conflict.theirs')}</p><p className="pre quote">{as_text(theirs)}</p><button type="button" className="button" onClick={() => decide(pointer, theirs ?? null)}>{t('conflict.take_theirs')}</button></div>
            </div>
            {typeof mine === 'string' && typeof theirs === 'string' && /_(th|en)$/.test(pointer) && (
              <p><button type="button" className="button" onClick={() => decide(pointer, `${theirs}\n${mine}`)}>{t('conflict.take_both')}</button></p>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}
