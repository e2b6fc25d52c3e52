import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FoundCase, TextPiece } from '../../api/shapes.ts'
import { Link, navigate } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date } from '../../lib/dates.ts'
import { AreaName } from './AreaName.tsx'
import { CaseMark } from './CaseMark.tsx'
import { found_query, useLists } from './queries.ts'

const term_max = 200

/** The term stands in the address, so that a search can be gone back to and passed on. */
const search_for = (find: string) => navigate({ to: '/cases', search: find ? { find } : {} })

/** `key` it by the term: what is typed follows the address. */
export function FindForm({ term }: { term: string }) {
  const { t } = useWords()
  const [typed, set_typed] = useState(term)
  return (
    <form role="search" className="find" onSubmit={event => { event.preventDefault(); search_for(typed.trim()) }}>
      <label htmlFor="find">{t('find.label')}</label>
      <div className="find-line">
        <input id="find" type="search" lang="th" maxLength={term_max} value={typed} onChange={event => set_typed(event.target.value)} placeholder={t('find.hint')} />
        <button type="submit" className="button main">{t('find.go')}</button>
        {term !== '' && <button type="button" className="button" onClick={() => search_for('')}>{t('find.end')}</button>}
      </div>
    </form>
  )
}

/** Cases that the officer may read, those that hold all words in their title first, newer before older. */
export function FoundCases({ term }: { term: string }) {
  const { t } = useWords()
  const found = useInfiniteQuery(found_query(term))
  const items = found.data?.pages.flatMap(page => page.items) ?? []
  return (
    <section className="stack" aria-labelledby="found-title">
      <h2 id="found-title">{t('find.title', { term })}</h2>
      {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Waiting />}
      {found.data && items.length === 0 && <p className="empty"><Icon name="info" />{t('find.none')}</p>}
      <ol className="rows found">{items.map(one => <Found key={one.summary.case_id} one={one} />)}</ol>
      {found.hasNextPage && <p><button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('cases.more')}</button></p>}
    </section>
  )
}

function Found({ one: { summary, title, excerpt, match } }: { one: FoundCase }) {
  const { t, lang } = useWords()
  const { category } = useLists()
  return (
    <li>
      <div>
        <Link to="/cases/$case_id" params={{ case_id: summary.case_id }} lang="th"><Pieces of={title} /></Link>
        {excerpt.length > 0 && <p lang="th"><Pieces of={excerpt} /></p>}
        <p className="small soft">{summary.number} · {category(summary.category)} · <AreaName code={summary.area} /> · {format_date(summary.received_at, lang, 'short')}{match === 'some_words' && <> · {t('find.some_words')}</>}</p>
      </div>
      <CaseMark state={summary.state} />
    </li>
  )
}

function Pieces({ of }: { of: TextPiece[] }) {
  return <>{of.map((piece, i) => piece.found ? <mark key={i}>{piece.text}</mark> : piece.text)}</>
}
