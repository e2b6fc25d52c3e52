import { parseAbsolute, type ZonedDateTime } from '@internationalized/date'
import { Button, Calendar, CalendarCell, CalendarGrid, DateInput, DatePicker, DateSegment, Dialog, Group, Heading, I18nProvider, Label, Popover, Text } from 'react-aria-components'
import '../styles/moment.css'
import { useWords } from '../app/words.tsx'
import { Icon } from './Icon.tsx'
import { field_id, useRemarks } from './problems.tsx'

const zone = 'Asia/Bangkok'

/** A moment to the second in Bangkok time, with the Buddhist calendar for readers of Thai. */
export function MomentField({ pointer, label, hint, value, on_change }: { pointer: string; label: string; hint?: string; value: string; on_change: (iso: string) => void }) {
  const { lang } = useWords()
  const { error } = useRemarks(pointer)
  return (
    <I18nProvider locale={lang === 'th' ? 'th-TH-u-ca-buddhist' : 'en-GB'}>
      <DatePicker<ZonedDateTime> className="field moment" granularity="second" hourCycle={24} hideTimeZone isInvalid={error !== undefined}
        value={value ? parseAbsolute(value, zone) : null} onChange={moment => { if (moment) on_change(moment.toAbsoluteString()) }}>
        <Label>{label}</Label>
        {hint && <Text slot="description" className="hint">{hint}</Text>}
        {error && <Text slot="errorMessage" className="error">{error}</Text>}
        <Group className="moment-box" id={field_id(pointer)} tabIndex={-1}>
          <DateInput className="moment-input">{segment => <DateSegment segment={segment} className="segment" />}</DateInput>
          <Button className="moment-open"><Icon name="down" /></Button>
        </Group>
        <Popover className="popover">
          <Dialog className="calendar-dialog">
            <Calendar className="calendar">
              <header><Button slot="previous"><Icon name="right" className="back" /></Button><Heading /><Button slot="next"><Icon name="right" /></Button></header>
              <CalendarGrid>{date => <CalendarCell date={date} className="day" />}</CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  )
}
