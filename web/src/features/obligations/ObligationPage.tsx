import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObligationDetail, ObligationStep } from '../../api/shapes.ts'
import { Link, useParams } from '../../app/router.tsx'
import { has_role, useMe } from '../../app/session.ts'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords, type Key } from '../../app/words.tsx'
import { Acts } from '../../components/Acts.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { format_date, format_moment } from '../../lib/dates.ts'
import { format_bytes } from '../../lib/numbers.ts'
import '../../styles/obligations.css'
import { ObligationDialog, type AskedAct } from './ObligationDialog.tsx'
import { file_url, obligation_acts_query, obligation_history_query, obligation_query } from './queries.ts'
import { SubjectLink } from './Rows.tsx'
import { Clock, StandingMark, Unverified } from './Standing.tsx'

export function ObligationPage() {
  const { t, pick } = useWords()
  const { obligation_id } = useParams('/obligations/$obligation_id')
  const me = useMe()
  const provinces = useProvinces()
  const found = useQuery(obligation_query(obligation_id))
  const acts = useQuery(obligation_acts_query(obligation_id))
  const [asked, set_asked] = useState<AskedAct | null>(null)
  if (found.error && !found.data) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const obligation = found.data
  const { duty, state } = obligation
  return (
    <>
      <p className="crumbs no-print"><Link to="/obligations">{t('obligations.title')}</Link></p>
      <header className="page-head">
        <h1>{pick(duty.text_th, duty.text_en)}</h1>
        <p className="page-facts">
          <StandingMark obligation={obligation} /> <span><Clock obligation={obligation} /></span> <Unverified obligation={obligation} />
          {obligation.demonstration && <span className="mark gold">{t('obligation.demonstration')}</span>}
        </p>
        <p>{t('obligation.about')} <SubjectLink obligation={obligation}><span lang="th">{pick(obligation.title_th, obligation.title_en)}</span></SubjectLink> · {provinces.name(obligation.province)}</p>
        {has_role(me, 'auditor', 'opdc', 'moi', 'administrator') && <p className="small no-print"><Link to="/ledger" search={{ subject_kind: 'obligation', subject_id: obligation_id }}>{t('obligation.ledger')}</Link></p>}
      </header>
      {acts.data && <div className="no-print"><Acts acts={acts.data.items} run={{ serve: () => set_asked('serve'), prove: () => set_asked('prove'), take_back: () => set_asked('take_back') }} main={state === 'owed' ? 'serve' : 'prove'} /></div>}
      {obligation.release_reason && <p className="notice plain"><Icon name="info" /><span>{t('obligation.released', { reason: obligation.release_reason })}</span></p>}
      <Law obligation={obligation} />
      <Served obligation={obligation} />
      <History obligation_id={obligation_id} />
      {asked && <ObligationDialog act={asked} obligation={obligation} on_close={() => set_asked(null)} />}
    </>
  )
}

function Law({ obligation }: { obligation: ObligationDetail }) {
  const { t, lang, pick } = useWords()
  const { duty, due, due_by } = obligation
  const deadline = duty.deadline ? t(`obligation.days.${duty.deadline.kind}`, { n: duty.deadline.days }) : t('obligation.no_deadline')
  return (
    <section className="panel stack" aria-labelledby="law-title">
      <h2 id="law-title">{t('obligation.law')}</h2>
      <dl className="facts">
        <dt>{t('obligation.citation')}</dt><dd>{pick(obligation.citation_th, obligation.citation_en)} <Unverified obligation={obligation} /></dd>
        <dt>{t('obligation.owes')}</dt><dd>{pick(obligation.office_th, obligation.office_en)}</dd>
        <dt>{t('obligation.addressee')}</dt><dd>{pick(duty.addressee_th, duty.addressee_en)}</dd>
        <dt>{t('obligation.from')}</dt><dd>{format_date(obligation.counted_from, lang)}</dd>
        <dt>{t('obligation.due')}</dt><dd>{due === null ? t('obligation.no_due') : format_date(due, lang)} ({due_by === 'programme_rule' ? t('obligation.by_rule') : deadline})</dd>
        <dt>{t('obligation.evidence')}</dt><dd>{pick(duty.evidence_th, duty.evidence_en)}</dd>
      </dl>
      {duty.note && <p className="small soft" lang="en">{duty.note}</p>}
    </section>
  )
}

function Served({ obligation }: { obligation: ObligationDetail }) {
  const { t, lang } = useWords()
  const { sent_on, letter, channel, received_on, receipt, received_by, reference, files, obligation_id } = obligation
  return (
    <section className="panel stack" aria-labelledby="served-title">
      <h2 id="served-title">{t('obligation.service')}</h2>
      {sent_on === null && <p className="soft">{t('obligation.not_sent')}</p>}
      <dl className="facts">
        {sent_on !== null && <><dt>{t('obligation.sent_on')}</dt><dd>{format_date(sent_on, lang)}</dd><dt>{t('obligation.letter')}</dt><dd lang="th">{letter}</dd><dt>{t('obligation.channel')}</dt><dd>{channel && t(`obligation.channel.${channel}`)}</dd></>}
        {received_on !== null && <><dt>{t('obligation.received_on')}</dt><dd>{format_date(received_on, lang)}</dd><dt>{t('obligation.receipt')}</dt><dd lang="th">{receipt}</dd></>}
        {received_by !== null && <><dt>{t('obligation.received_by')}</dt><dd lang="th">{received_by}</dd></>}
        {reference !== null && <><dt>{t('obligation.reference')}</dt><dd lang="th">{reference}</dd></>}
      </dl>
      {files.map(file => (
        <p key={file.key} className="stored-file"><Icon name="file" /><span><a href={file_url(obligation_id, file.key)} download={file.name}>{file.name}</a> <span className="soft small">{format_bytes(file.bytes)} · {t('obligation.digest')} <code>{file.sha256.slice(0, 12)}</code></span></span></p>
      ))}
    </section>
  )
}

/** What a step recorded: also what was taken back later stands here. */
function Said({ step }: { step: ObligationStep }) {
  const { lang } = useWords()
  if (step.service) return <> – <span lang="th">{step.service.letter}</span> ({format_date(step.service.sent_on, lang, 'short')})</>
  if (step.proof) return <> – <span lang="th">{step.proof.receipt}</span> ({format_date(step.proof.received_on, lang, 'short')})</>
  return step.note ? <span className="soft" lang="th"> – {step.note}</span> : null
}

function History({ obligation_id }: { obligation_id: string }) {
  const { t, lang, pick } = useWords()
  const { data } = useQuery(obligation_history_query(obligation_id))
  if (!data) return null
  return (
    <section className="panel stack" aria-labelledby="history-title">
      <h2 id="history-title">{t('obligation.history')}</h2>
      <ul className="milestones">
        {data.items.toReversed().map(step => (
          <li key={step.step_id}>
            <time dateTime={step.at}>{format_moment(step.at, lang)}</time>{' '}
            <b>{pick(step.office_th, step.office_en) || t('obligation.program')}</b> {t(`${step.act.replace('obligation.', 'obligation.step.')}` as Key)}<Said step={step} />
          </li>
        ))}
      </ul>
    </section>
  )
}
