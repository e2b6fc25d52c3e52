import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import type { Receipt } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon, Wordmark } from '../../components/Icon.tsx'
import '../../styles/print.css'
import { format_moment } from '../../lib/dates.ts'
import { FileForm } from './FileForm.tsx'

const Qr = lazy(async () => ({ default: (await import('./Qr.tsx')).Qr }))

/**
 * Where a citizen follows a case. The code stands behind the #, which a browser keeps to itself: it reaches neither the
 * server nor its logs.
 */
export function tracking_address(code: string): string {
  return `${location.origin}/follow.html#${code}`
}

/** What the petitioner takes along; off line there is no number yet, and the page says so. */
export function ReceiptPage({ taken, on_next, below }: { taken: { receipt: Receipt | null; title: string; takes_services: boolean; into: { number: string; title: string } | null }; on_next: () => void; below: ReactNode }) {
  const { t } = useWords()
  const next = useRef<HTMLDivElement>(null)
  useEffect(() => { next.current?.querySelector<HTMLElement>('.main')?.focus() }, [])
  const { receipt, title, into } = taken
  const services = receipt !== null && into === null && taken.takes_services
  return (
    <>
      <header className="page-head no-print"><h1>{t(receipt ? 'receipt.taken' : 'receipt.waits')}</h1></header>
      {!receipt && <p className="notice no-print"><Icon name="cloud" /><span><b lang="th">{title}</b><br />{t('receipt.waits_text')}</span></p>}
      {into && <p className="notice plain no-print"><Icon name="people" /><span>{t('receipt.into', { number: into.number })} <b lang="th">{into.title}</b></span></p>}
      <div className="buttons no-print" ref={next}>
        {services && <Link to="/cases/$case_id" params={{ case_id: receipt.case_id }} hash="application" className="button main"><Icon name="arrow" />{t('receipt.services')}</Link>}
        <button type="button" className={`button ${services ? '' : 'main'}`} onClick={on_next}><Icon name="plus" />{t('receipt.next')}</button>
        {receipt && <button type="button" className="button" onClick={() => print()}><Icon name="file" />{t('receipt.print')}</button>}
        {receipt && <Link to="/cases/$case_id" params={{ case_id: receipt.case_id }} className="button">{t('receipt.open')}</Link>}
      </div>
      {receipt && <Slip receipt={receipt} title={title} />}
      {receipt && (
        <section className="panel stack no-print" aria-labelledby="photos-title">
          <h2 id="photos-title">{t('receipt.photos')}</h2>
          <FileForm case_id={receipt.case_id} purposes={['report']} on_sent={() => undefined} />
        </section>
      )}
      {below}
    </>
  )
}

function Slip({ receipt, title }: { receipt: Receipt; title: string }) {
  const { t, lang } = useWords()
  const address = tracking_address(receipt.tracking_code)
  return (
    <article className="paper slip" aria-label={t('receipt.slip')}>
      <header className="paper-head"><Wordmark /><h2>{t('receipt.slip')}</h2></header>
      <div className="slip-parts">
        <dl className="facts">
          <dt>{t('case.number')}</dt><dd><b className="slip-number">{receipt.number}</b></dd>
          <dt>{t('receipt.code')}</dt><dd><b className="slip-number">{receipt.tracking_code}</b></dd>
          <dt>{t('case.title')}</dt><dd lang="th">{title}</dd>
          <dt>{t('case.received')}</dt><dd>{format_moment(receipt.received_at, lang)}</dd>
        </dl>
        <Suspense><Qr text={address} label={t('receipt.qr')} /></Suspense>
      </div>
      <p className="small">{t('receipt.follow', { address: address.split('#')[0]! })}</p>
      <p className="small"><b>{t('receipt.keep')}</b></p>
    </article>
  )
}
