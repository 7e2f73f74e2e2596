import { citationOf, beginMinutes, saveMinutes, stepMinutes, type Minutes } from '../minutes/index.ts'
import { printDay } from '../kernel/dates.ts'
import type { Story } from './story.ts'
import { dayIn, type Moment } from './world.ts'

type Agenda = Minutes['words']['agenda']

interface Meeting {
  readonly number: number
  readonly from: string
  readonly until: string
  readonly agenda: Agenda
  readonly question: string
  readonly task: string
}

/** The council's meetings of a school that is told in full, by the moment of the year. */
const MEETINGS: Readonly<Partial<Record<Moment, Meeting>>> = {
  plan: {
    number: 3,
    from: '08:00',
    until: '09:40',
    agenda: [
      {
        title: 'Góp ý dự thảo kế hoạch tự đánh giá',
        speaker: 'Thư ký hội đồng',
        opinions: 'Đề nghị xếp tuần tập huấn trước khi các nhóm phân tích tiêu chí.',
        conclusion: 'Thống nhất dự thảo, chuyển tập huấn lên đầu thời gian biểu.',
      },
      {
        title: 'Phân công nhóm công tác',
        speaker: 'Chủ tịch hội đồng',
        opinions: 'Các nhóm nhận tiêu chuẩn theo chuyên môn, không có ý kiến khác.',
        conclusion: 'Mỗi nhóm phụ trách một tiêu chuẩn.',
      },
    ],
    question: 'Thông qua dự thảo kế hoạch tự đánh giá',
    task: 'Hoàn thiện kế hoạch, trình hiệu trưởng phê duyệt',
  },
  adopt: {
    number: 21,
    from: '14:00',
    until: '16:15',
    agenda: [
      {
        title: 'Nghe báo cáo tiếp thu, giải trình ý kiến góp ý dự thảo',
        speaker: 'Thư ký hội đồng',
        opinions: 'Đồng ý với cách tiếp thu; đề nghị giữ nguyên mức của các tiêu chí chưa đủ minh chứng.',
        conclusion: 'Hội đồng nhất trí với bản tiếp thu, giải trình.',
      },
      {
        title: 'Biểu quyết thông qua báo cáo tự đánh giá',
        speaker: 'Chủ tịch hội đồng',
        opinions: 'Một thành viên vắng mặt có lý do, gửi ý kiến bằng văn bản.',
        conclusion: 'Báo cáo tự đánh giá được thông qua.',
      },
    ],
    question: 'Thông qua báo cáo tự đánh giá',
    task: 'Hoàn thiện thể thức, trình hiệu trưởng ký và công bố',
  },
}

/** The secretary records a council's meeting, the chair signs it; only where the school is told in full. */
export async function recordMeeting(story: Story, moment: 'plan' | 'adopt'): Promise<void> {
  const { world, id, plan, year, inFull } = story
  const meeting = MEETINGS[moment]
  if (!inFull || !meeting) return
  const needs = world.system.minutesNeeds
  const number = `${String(meeting.number).padStart(2, '0')}/BB-HĐTĐG-${plan.symbol}`
  const council = (await needs.minutes.ofAssessment(id)).filter(({ kind }) => kind === 'council')
  const known = council.find(
    ({ words, state }) => words.number === number || (state === 'draft' && words.number === ''),
  )
  if (known?.state === 'signed') return
  const hour = Number(meeting.from.slice(0, 2))
  const secretary = await story.as('thuky', moment, hour)
  const minutes = known ?? (await beginMinutes(needs)(secretary, id, 'council'))
  const part = minutes.id.split(':').at(-1) ?? ''
  if (minutes.words.number === '')
    await saveMinutes(needs)(secretary, id, part, minutes.rev, participants => {
      const present = participants.map((person, index) =>
        index === participants.length - 1 && moment === 'adopt'
          ? { ...person, present: false, reason: 'Đi công tác' }
          : person,
      )
      const voting = present.filter(person => person.present).length
      return {
        ...minutes.words,
        number,
        on: dayIn(world, year, moment),
        from: meeting.from,
        until: meeting.until,
        place: 'Phòng họp của trường',
        participants: present,
        agenda: meeting.agenda,
        votes: [{ question: meeting.question, for: voting, against: 0, other: participants.length - voting }],
        assignments: [{ what: meeting.task, who: secretary.name }],
      }
    })
  await stepMinutes(needs)(await story.as('hieutruong', moment, hour), id, part, { type: 'sign' })
}

/** How other papers name the newest signed record of the council; undefined where there is none. */
export async function newestMinutes({ world, id }: Story): Promise<string | undefined> {
  const signed = (await world.system.minutesNeeds.minutes.ofAssessment(id)).filter(
    ({ kind, state }: Minutes) => kind === 'council' && state === 'signed',
  )
  const newest = signed.toSorted((a, b) => a.words.on.localeCompare(b.words.on)).at(-1)
  return newest && citationOf(newest, printDay)
}
