import type { HeatSpot } from '../../api/shapes.ts'
import { Link } from '../../app/router.tsx'
import { useWords } from '../../app/words.tsx'
import { box_around, rings_of, spot_of } from '../../map/place.ts'
import drawn from '../../map/provinces.json'

const heat_classes = 4

/**
 * Where open cases lie: a spot is as large and as dark as its sub-district has many, and is ringed where some are late.
 * A picture for the eye and the pointer: the table beside it carries the same links and words, so it is hidden from
 * assistive technology. Its outlines are always the drawn ones, because of those it is known where degrees lie in them.
 */
export default function ProvinceMap({ province, spots }: { province: string; spots: HeatSpot[] }) {
  const { t, pick } = useWords()
  const own = drawn.provinces.find(({ code }) => code === province)
  const placed = spots.flatMap(spot => (spot.position ? [{ ...spot, ...spot_of(Number(spot.position.latitude), Number(spot.position.longitude)) }] : []))
  if (!own) return null
  const box = box_around([...rings_of(own.d).flat(), ...placed], 0.1)
  const unit = Math.max(box.width, box.height) / 100
  const most = Math.max(...placed.map(spot => spot.open))
  const radius_of = (open: number) => unit * (4 + 4 * Math.sqrt(open / most))
  return (
    <figure className="heat-map">
      <svg viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true" focusable="false">
        {drawn.provinces.map(({ code, d }) => <path key={code} d={d} className={code === province ? 'heat-own' : 'heat-other'} />)}
        {placed.map(({ area, open, late, x, y, name_th, name_en }) => {
          const radius = radius_of(open)
          return (
            <Link key={area} to="/cases" search={{ place: area, open: '1' }} tabIndex={-1} className={`heat-spot heat-${Math.ceil(heat_classes * open / most)}`} data-spot={area}>
              <title>{`${pick(name_th, name_en)}: ${t('province_board.spot', { open, late })}`}</title>
              {late > 0 && <circle cx={x} cy={y} r={radius + unit * 1.3} className="heat-late" />}
              <circle cx={x} cy={y} r={radius} />
              <text x={x} y={y} fontSize={unit * 4.5}>{open}</text>
            </Link>
          )
        })}
        {placed.filter(spot => spot.late > 0).map(({ area, open, late, x, y }) => <text key={area} x={x} y={y + radius_of(open) + unit * 1.3} fontSize={unit * 4} className="heat-words" data-late={area}>{`!${late}`}</text>)}
      </svg>
      <figcaption className="small soft">{t('province_board.map_key')} {t('province_board.map_source')}</figcaption>
    </figure>
  )
}
