import { searchKey } from '../kernel/words.ts'

export const SHORTEST_PASSWORD = 10
/** Longer ones would let a stranger keep the hashing busy. */
const LONGEST_PASSWORD = 200

// Beginnings of the passwords that are tried first, without marks, blanks and figures at the end.
const COMMON = new Set(
  (
    'matkhau matkhaumoi password passw0rd qwertyuiop qwerty abcdefghij abc xinchao anhyeuem emyeuanh iloveyou ' +
    'vietnam vietnamvodich truonghoc giaovien hieutruong nhatruong kiemdinh tudanhgia admin administrator'
  ).split(' '),
)

/** Why this password cannot be taken, as a sentence for its field; undefined when it can. */
export function passwordFault(password: string, username: string): string | undefined {
  const text = password.normalize('NFC')
  if (text.length < SHORTEST_PASSWORD) return `Mật khẩu cần ít nhất ${SHORTEST_PASSWORD} ký tự.`
  if (text.length > LONGEST_PASSWORD) return `Mật khẩu dài nhất ${LONGEST_PASSWORD} ký tự.`
  const plain = searchKey(text).replaceAll(' ', '')
  if (holdsUsername(plain, searchKey(username))) return 'Mật khẩu không được chứa tên đăng nhập.'
  if (isCommon(plain)) return 'Mật khẩu này quá phổ biến, dễ bị đoán. Xin chọn mật khẩu khác.'
  return undefined
}

/** A name of two or three letters hides in many a good sentence, so it only counts when nothing but figures is added. */
const holdsUsername = (plain: string, username: string): boolean =>
  username.length >= 5 ? plain.includes(username) : plain.replace(/[^\p{L}]/gu, '') === username

const isCommon = (plain: string): boolean =>
  COMMON.has(plain.replace(/[\d@!.#$]+$/, '')) || /^(.)\1*$/.test(plain) || isRun(plain)

/** 0123456789, 9876543210, 1234567890 and their like. */
const isRun = (text: string): boolean => '01234567890123456789'.includes(text) || '98765432109876543210'.includes(text)
