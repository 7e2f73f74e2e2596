import type { SaveState } from './saver.ts'

/** The gravest state is the one to be told; a field that is saved says nothing against another that is not. */
const GRAVITY: readonly SaveState[] = ['saved', 'waiting', 'sending', 'offline', 'refused', 'signedOut', 'conflict']

const WORDS: Readonly<Record<SaveState, string>> = {
  saved: 'Đã lưu',
  waiting: 'Đang lưu…',
  sending: 'Đang lưu…',
  offline: 'Mất kết nối – bản nháp giữ trên máy này',
  conflict: 'Có người sửa cùng phần này',
  signedOut: 'Phiên làm việc đã hết – bản nháp giữ trên máy này',
  refused: 'Chưa lưu được – bản nháp giữ trên máy này',
}

export const gravest = (states: Iterable<SaveState>): SaveState =>
  [...states].reduce<SaveState>(
    (worst, state) => (GRAVITY.indexOf(state) > GRAVITY.indexOf(worst) ? state : worst),
    'saved',
  )

/** One line in the head of the sheet for all its fields: what is saved, and what is still only on this machine. */
export function saveLine(line: HTMLElement | null) {
  const states = new Map<string, SaveState>()
  const words = line?.querySelector<HTMLElement>('[data-save-words]')
  let last = ''
  return {
    report(key: string, state: SaveState, { at, message }: { readonly at?: string; readonly message?: string }): void {
      states.set(key, state)
      if (at) last = at.slice(0, 5)
      const worst = gravest(states.values())
      if (!line || !words) return
      line.hidden = false
      line.dataset['state'] = worst
      const sentence =
        worst === 'saved' && last !== ''
          ? `Đã lưu lúc ${last}`
          : worst === 'refused' && message
            ? message
            : WORDS[worst]
      if (words.firstChild?.textContent !== sentence) words.textContent = sentence
      if (worst === 'signedOut') words.append(' ', signInLink())
    },
    /** Whether anything typed is not on the server yet. */
    isUnsent: (): boolean => gravest(states.values()) !== 'saved',
  }
}

export type SaveLine = ReturnType<typeof saveLine>

function signInLink(): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = `/dang-nhap?ve=${encodeURIComponent(location.pathname)}`
  link.target = '_blank'
  link.rel = 'opener'
  link.textContent = 'Đăng nhập lại'
  return link
}
