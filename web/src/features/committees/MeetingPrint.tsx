import { useQuery } from '@tanstack/react-query'
import type { WholeMeeting } from '../../api/shapes.ts'
import { Link, useAddressPart, useParams } from '../../app/router.tsx'
import { Failure, Waiting } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../components/Icon.tsx'
import { format_date, format_time } from '../../lib/dates.ts'
import '../../styles/print.css'
import '../../styles/committees.css'
import { agenda_parts } from './MeetingDesk.tsx'
import { has_call, has_minutes, PaperLink } from './PaperLink.tsx'
import { meeting_query } from './queries.ts'

/** The agenda or the minutes on paper, in the six official parts. The official papers are in Thai, whatever the reader's language. */
export function MeetingPrint() {
  const { t } = useWords()
  const { meeting_id } = useParams('/meetings/$meeting_id/print')
  const what = useAddressPart('what') === 'minutes' ? 'minutes' : 'agenda'
  const found = useQuery(meeting_query(meeting_id))
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  return (
    <>
      <p className="crumbs no-print"><Link to="/meetings/$meeting_id" params={{ meeting_id }}>{t('print.back_to_meeting')}</Link></p>
      <p className="buttons no-print"><button type="button" className="button main" onClick={() => print()}><Icon name="file" />{t('print')}</button>
        {what === 'minutes'
          ? has_minutes(found.data.meeting) && <PaperLink of={`/meetings/${meeting_id}/minutes.pdf`}>{t(found.data.meeting.state === 'minutes_adopted' ? 'pdf.minutes' : 'pdf.minutes_draft')}</PaperLink>
          : has_call(found.data.meeting) && <PaperLink of={`/meetings/${meeting_id}/call.pdf`}>{t(found.data.meeting.state === 'planned' ? 'pdf.call_draft' : 'pdf.call')}</PaperLink>}
      </p>
      {what === 'minutes' ? <Minutes page={found.data} /> : <AgendaPaper page={found.data} />}
    </>
  )
}

const part_names = ['', 'เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ', 'เรื่องรับรองรายงานการประชุม', 'เรื่องสืบเนื่อง', 'เรื่องเสนอเพื่อทราบ', 'เรื่องเสนอเพื่อพิจารณา', 'เรื่องอื่น ๆ']

function Head({ page: { meeting, body }, title }: { page: WholeMeeting; title: string }) {
  return (
    <header className="paper-head">
      <h1>{title}</h1>
      <p><b>{body.name_th}</b></p>
      <p>ครั้งที่ {meeting.number}</p>
      <p>{meeting.starts_at ? `วันที่ ${format_date(meeting.starts_at, 'th')} เวลา ${format_time(meeting.starts_at, 'th')}` : `วันที่ ${format_date(meeting.on_date, 'th')}`}</p>
      {meeting.place_th && <p>ณ {meeting.place_th}</p>}
      {meeting.demonstration && <p className="paper-warning">ข้อมูลสาธิต ไม่ใช่การประชุมจริง</p>}
    </header>
  )
}

function AgendaPaper({ page }: { page: WholeMeeting }) {
  return (
    <article className="paper" lang="th">
      <Head page={page} title="ระเบียบวาระการประชุม" />
      {agenda_parts.map(part => {
        const items = page.items.filter(item => item.part === part)
        return (
          <section key={part}>
            <h2>ระเบียบวาระที่ {part} {part_names[part]}</h2>
            {items.length === 0 ? <p>ไม่มี</p> : items.map(item => (
              <div key={item.item_id} className="paper-item"><p><b>{item.number} {item.title_th}</b></p>{item.proposal_th && <p className="pre">{item.proposal_th}</p>}
                {item.papers.length > 0 && <p className="soft">เอกสารประกอบ: {item.papers.map(paper => paper.name).join(', ')}</p>}</div>
            ))}
          </section>
        )
      })}
    </article>
  )
}

function Minutes({ page }: { page: WholeMeeting }) {
  const { meeting, members, items, assignments } = page
  const came = members.filter(seated => seated.presence === 'present' || seated.presence === 'substitute')
  const away = members.filter(seated => seated.presence === 'leave' || seated.presence === 'absent')
  const name = (id: string) => members.find(seated => seated.member.member_id === id)?.member.title_th ?? ''
  return (
    <article className="paper" lang="th">
      <Head page={page} title="รายงานการประชุม" />
      {meeting.state === 'minutes_adopted' ? null : <p className="paper-warning">{meeting.state === 'minutes_drafted' ? 'ร่างรายงาน เสนอที่ประชุมรับรอง' : 'ร่างรายงาน ยังไม่ได้รับรอง'}</p>}
      <section>
        <h2>ผู้มาประชุม</h2>
        <ol>{came.map(({ member, presence, substitute_title_th }) => <li key={member.member_id}>{member.name_th ?? member.title_th}{member.name_th && ` (${member.title_th})`} – {member.seat_th}{presence === 'substitute' && ` (ผู้แทน: ${substitute_title_th ?? ''})`}</li>)}</ol>
        {away.length > 0 && <><h3>ผู้ไม่มาประชุม</h3><ol>{away.map(({ member, presence }) => <li key={member.member_id}>{member.name_th ?? member.title_th} – {member.seat_th} ({presence === 'leave' ? 'ลา' : 'ไม่มา'})</li>)}</ol></>}
        <p>องค์ประชุม: มาประชุม {page.quorum.present} คน จากกรรมการ {page.quorum.members} คน ต้องมีอย่างน้อย {page.quorum.needed} คน{page.constitution && !page.constitution.quorum.verified && ' (หลักเกณฑ์องค์ประชุมยังไม่ได้ตรวจกับตัวบท)'}</p>
        {meeting.starts_at && <p>เริ่มประชุมเวลา {format_time(meeting.starts_at, 'th')} {meeting.chair_title_th} เป็นประธานในที่ประชุม</p>}
      </section>
      {agenda_parts.map(part => {
        const of_part = items.filter(item => item.part === part)
        return (
          <section key={part}>
            <h2>ระเบียบวาระที่ {part} {part_names[part]}</h2>
            {of_part.length === 0 ? <p>ไม่มี</p> : of_part.map(item => (
              <div key={item.item_id} className="paper-item">
                <p><b>{item.number} {item.title_th}</b></p>
                {item.detail_th && <p className="pre">{item.detail_th}</p>}
                {item.discussion_th && <p className="pre">{item.discussion_th}</p>}
                {item.conflicts.map(conflict => <p key={conflict.member_id}>{name(conflict.member_id)} แจ้งว่ามีส่วนได้เสีย จึงไม่ร่วมพิจารณาและไม่ออกเสียง</p>)}
                {item.resolutions.filter(resolution => resolution.superseded_by === null).map(resolution => (
                  <p key={resolution.resolution_id} className="pre"><b>มติที่ประชุม</b> ({resolution.number}) <b>{resolution.kind_th}</b> {resolution.text_th}
                    {resolution.votes_for !== null && ` (เห็นชอบ ${resolution.votes_for} ไม่เห็นชอบ ${resolution.votes_against ?? 0} งดออกเสียง ${resolution.votes_abstain ?? 0})`}</p>
                ))}
              </div>
            ))}
          </section>
        )
      })}
      {assignments.length > 0 && (
        <section><h2>การมอบหมายตามมติ</h2><ol>{assignments.map(assignment => <li key={assignment.assignment_id}>{assignment.text_th} – {assignment.responsible_th}{assignment.due && ` ภายในวันที่ ${format_date(assignment.due, 'th')}`}</li>)}</ol></section>
      )}
      <footer className="signature"><p>.................................................................</p><p>ผู้จดรายงานการประชุม</p><p>.................................................................</p><p>ผู้ตรวจรายงานการประชุม</p></footer>
    </article>
  )
}
