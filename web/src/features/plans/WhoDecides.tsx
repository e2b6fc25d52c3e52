import type { Change, Judged } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { place_label } from './diff.ts'
import { useRules } from './queries.ts'

/** Who decides a change, by which rows of the table, and what would have to be different for the province to decide it. */
export function WhoDecides({ judged, settled, live }: { judged: Judged; settled: Change['settled']; live: boolean }) {
  const { t } = useWords()
  const { classification } = judged
  return (
    <section className="panel stack who" aria-labelledby="who-title">
      <h2 id="who-title">{t('who.title')} <span className="soft small">{t(live ? 'who.live' : 'who.by_saved')}</span></h2>
      <div aria-live="polite" className="stack">
        {classification ? <Answer classification={classification} /> : <p className="soft">{t('who.none')}</p>}
      </div>
      {settled && <SettledNote settled={settled} />}
      {judged.what_if && classification && <WhatIfBox judged={judged} />}
    </section>
  )
}

function SettledNote({ settled }: { settled: NonNullable<Change['settled']> }) {
  const { t, pick } = useWords()
  const { decider } = useRules()
  const who = pick(settled.office_th, settled.office_en)
  return (
    <p className="notice plain">
      <Icon name={settled.contested ? 'warning' : 'check'} />
      <span>
        <b>{decider(settled.decided_by)}</b> – {settled.contested ? t('who.contested', { who, proposed: decider(settled.proposed.decided_by) }) : t('who.settled', { who })}
        {settled.reason_th && <><br /><span lang="th" className="pre">{settled.reason_th}</span></>}
      </span>
    </p>
  )
}

export function Answer({ classification }: { classification: NonNullable<Judged['classification']> }) {
  const { t, lang, pick } = useWords()
  const { decider, fact, duty } = useRules()
  const details = new Map(classification.facts.map(seen => [seen.fact, pick(seen.detail_th, seen.detail_en)]))
  const places = (name: string) => classification.facts.find(seen => seen.fact === name)?.pointers.slice(0, 4).map(pointer => place_label(pointer, t)).join(', ')
  return (
    <>
      <p className="who-answer"><span className="soft">{t('who.decides')}</span> <b>{decider(classification.decided_by)}</b></p>
      <p className="small soft">{t(`who.profile.${classification.profile}`)}{classification.rows.length > 1 && ` · ${t('who.strictest')}`}</p>
      <ul className="rule-rows" aria-label={t('who.rules')}>
        {classification.rows.map(row => (
          <li key={row.row}>
            <b>{pick(row.label_th, row.label_en)}</b> → {decider(row.decided_by)}
            <ul>{row.facts.map(name => <li key={name}>{fact(name)}{details.get(name) && ` (${details.get(name)})`}{places(name) && <span className="soft small"> – {places(name)}</span>}</li>)}</ul>
            <p className="small soft">{t('who.source')}: {row.source_th && lang === 'th' ? row.source_th : <span lang="en">{row.source}</span>} {row.verified ? <span className="mark green"><Icon name="check" />{t('who.verified')}</span> : <span className="mark grey">{t('plans.unverified')}</span>}</p>
          </li>
        ))}
      </ul>
      {classification.then.length > 0 && <p className="small"><b>{t('who.then')}:</b> {classification.then.map(duty).join(' · ')}</p>}
    </>
  )
}

function WhatIfBox({ judged }: { judged: Judged }) {
  const { t, pick } = useWords()
  const { decider, fact } = useRules()
  const what_if = judged.what_if!
  const profile_line = t(what_if.other_profile === 'high_performance' ? 'whatif.pilot' : 'whatif.normal', { who: decider(what_if.decided_by_under_other_profile) })
  const possible = what_if.steps.length > 0 && what_if.steps.every(step => step.possible)
  return (
    <section className="what-if stack" aria-labelledby="whatif-title">
      <h3 id="whatif-title">{t('whatif.title')}</h3>
      {what_if.steps.length === 0 && <p>{t('whatif.already')}</p>}
      {what_if.steps.length > 0 && (
        <>
          <ul>
            {what_if.steps.map(step => (
              <li key={step.fact}>{step.possible
                ? t('whatif.step', { how: pick(step.th, step.en), who: decider(step.decided_by) })
                : t('whatif.core', { fact: fact(step.fact) })}</li>
            ))}
          </ul>
          {possible && what_if.steps.length > 1 && <p><b>{t('whatif.all', { who: decider(what_if.decided_by_after_all) })}</b></p>}
          {!possible && <p>{t('whatif.impossible')}</p>}
          <p className="small soft">{profile_line}</p>
          <p className="small soft">{t('whatif.honest')}</p>
        </>
      )}
    </section>
  )
}
