import type { Chain, Duty } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_decimal } from '../../lib/numbers.ts'

export const baht = (satang: number | null): string => format_decimal(satang === null ? null : satang / 100)

export function Unverified() {
  const { t } = useWords()
  return <span className="mark amber"><Icon name="warning" />{t('authority.unverified')}</span>
}

/** On what an act rests: the law first, then each grant on the way. */
export function ChainView({ power: { chain, source_th, note, note_th } }: { power: { chain: Chain; source_th: string | null; note: string | null; note_th: string | null } }) {
  const { t, lang, pick } = useWords()
  /** The Thai words where there are some and they are wanted. */
  const words = (th: string | null, en: string) => (lang === 'th' && th !== null ? th : <span lang="en">{en}</span>)
  return (
    <>
      <ol className="plain-list">
        {chain.instruments.map(step => (
          <li key={step.instrument}>{pick(step.citation_th, step.citation_en)} {!step.verified && <Unverified />}</li>
        ))}
        <li>{words(source_th, chain.source)} {!chain.verified && chain.instruments.every(step => step.verified) && <Unverified />}</li>
        {chain.grants.map((step, index) => (
          <li key={step.grant_id}>
            {t('authority.granted', { n: index + 1 })}{' '}
            <Link to="/offices/$office_id/powers" params={{ office_id: step.from_office }}>{t('authority.grantor')}</Link>
            {step.ceiling_satang !== null && <> · {t('authority.at_most', { baht: baht(step.ceiling_satang) })}</>}
          </li>
        ))}
      </ol>
      {note !== null && <p className="small soft">{words(note_th, note)}</p>}
    </>
  )
}

/** What using the power obliges to. */
export function Duties({ list }: { list: Duty[] }) {
  const { t, pick } = useWords()
  if (list.length === 0) return null
  return (
    <div className="small">
      <b>{t('authority.duties')}</b>
      <ul className="plain-list">
        {list.map(duty => (
          <li key={duty.code + duty.occasion}>
            {t(`authority.occasion.${duty.occasion}`)}: {pick(duty.text_th, duty.text_en)} ({t('authority.to', { who: pick(duty.addressee_th, duty.addressee_en) })}
            {duty.deadline ? `, ${t(`authority.days.${duty.deadline.kind}`, { n: duty.deadline.days })}` : `, ${t('authority.no_deadline')}`}) {!duty.verified && <Unverified />}
          </li>
        ))}
      </ul>
    </div>
  )
}
