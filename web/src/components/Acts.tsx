import type { Act } from '../api/shapes.ts'
import { useWords } from '../app/words.tsx'
import { Icon } from './Icon.tsx'

/** "application.submit" and "submit" are the same act. */
export function short_name(act: string): string {
  return act.slice(act.lastIndexOf('.') + 1)
}

/** What may be done next; and for what may not, why not and who could. `run` holds the acts that this page can carry out. */
export function Acts({ acts, run, main }: { acts: Act[]; run: Record<string, () => void>; main?: string }) {
  const { t, pick } = useWords()
  const offered = acts.filter(act => act.allowed && run[short_name(act.act)])
  const refused = acts.filter(act => !act.allowed)
  return (
    <section className="acts" aria-label={t('acts.title')}>
      {offered.length > 0 && (
        <div className="buttons">
          {offered.map(act => (
            <button key={act.act} type="button" className={`button ${short_name(act.act) === main ? 'main' : ''}`} onClick={run[short_name(act.act)]}>
              {pick(act.label_th, act.label_en)}
            </button>
          ))}
        </div>
      )}
      {refused.length > 0 && (
        <details className="refused">
          <summary>{t('acts.refused', { n: refused.length })}</summary>
          <ul>
            {refused.map(act => (
              <li key={act.act}>
                <Icon name="lock" />
                <span>
                  <b>{pick(act.label_th, act.label_en)}</b><br />{pick(act.why_not_th, act.why_not_en)}
                  {(act.who_th ?? act.who_en) && <span className="soft"> {t('acts.who', { who: pick(act.who_th, act.who_en) })}</span>}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
