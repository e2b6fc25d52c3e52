import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AlikeCase, AlikeQuestion } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'
import { CaseMark } from './CaseMark.tsx'
import { parse_position, type Draft } from './draft.ts'
import { alike_query } from './queries.ts'

const typing_ms = 400
const letters_min = 6
const letters_max = 2000

function question_of({ title, detail, area, position, category }: Draft): AlikeQuestion | null {
  const text = `${title} ${detail}`.trim().slice(0, letters_max)
  return text.length < letters_min || area === '' ? null : { text, area, position: parse_position(position), category: category || null }
}

/** Asked for when typing rests, not at every letter. */
function useQuestion(draft: Draft): AlikeQuestion | null {
  const [asked, set_asked] = useState<AlikeQuestion | null>(null)
  const now = JSON.stringify(question_of(draft))
  useEffect(() => {
    const timer = setTimeout(() => set_asked(JSON.parse(now) as AlikeQuestion | null), typing_ms)
    return () => clearTimeout(timer)
  }, [now])
  return asked
}

/** Cases like the one being taken, at the foot of the window: never in the way of typing. Without the network there are none. */
export function AlikeCases({ draft, busy, on_join }: { draft: Draft; busy: boolean; on_join: (into: AlikeCase) => void }) {
  const { t } = useWords()
  const question = useQuestion(draft)
  const { data } = useQuery(alike_query(question))
  const items = (question && data?.items) ?? []
  return (
    <div role="status" className="alike-place no-print">
      {items.length > 0 && (
        <details className="panel alike">
          <summary>{t('alike.title', { n: items.length })}<span className="small soft" lang="th">{items[0]!.summary.title}</span></summary>
          <ul className="rows">{items.map(one => <Alike key={one.summary.case_id} one={one} busy={busy} on_join={on_join} />)}</ul>
        </details>
      )}
    </div>
  )
}

function Alike({ one, busy, on_join }: { one: AlikeCase; busy: boolean; on_join: (into: AlikeCase) => void }) {
  const { t, lang } = useWords()
  const { summary, shared_area, metres, same_category, words } = one
  const why = [
    ...(metres === null ? [] : [t('alike.metres', { n: metres })]),
    ...(shared_area === 'none' ? [] : [t(`alike.${shared_area}`)]),
    ...(same_category ? [t('alike.category')] : []),
    ...(words.length === 0 ? [] : [t('alike.words', { words: words.join(' ') })]),
  ]
  return (
    <li>
      <div>
        <a href={`/app/cases/${summary.case_id}`} target="_blank" rel="noreferrer" lang="th">{summary.title}</a> <CaseMark state={summary.state} />
        <p className="small">{summary.number} · <AreaName code={summary.area} /> · {format_date(summary.received_at, lang, 'short')}</p>
        <p className="small soft">{why.join(' · ')}</p>
      </div>
      {one.may_join && <button type="button" className="button" disabled={busy} onClick={() => on_join(one)}><Icon name="people" />{t('alike.join')}</button>}
    </li>
  )
}
