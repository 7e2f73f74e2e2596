import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** One e-mail, plain text. `id` is the notice's: the same e-mail carries the same Message-ID. */
export interface Mail {
  readonly id: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
}

/** Hands one e-mail to the server or throws what the server said. */
export type SendMail = (mail: Mail) => Promise<void>

export interface MailSettings {
  /** `smtp://` or `smtps://` with user and password; absent: e-mails are laid into `folder` as .eml files. */
  readonly smtpUrl?: string
  readonly from: string
  readonly folder: string
}

const fileName = (id: string): string => `${id.replaceAll(/[^\w.-]+/g, '_').slice(0, 180)}.eml`

const messageOf = ({ id, to, subject, text }: Mail, from: string) => ({
  from,
  to,
  subject,
  text,
  messageId: `<${Buffer.from(id).toString('base64url')}@kiem-dinh>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
})

/** Opens the way out for e-mails; the library is loaded with the first one. */
export function mailDoor({ smtpUrl, from, folder }: MailSettings): SendMail {
  if (smtpUrl === undefined)
    return async mail => {
      const { createTransport } = await import('nodemailer')
      const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail(messageOf(mail, from))
      await mkdir(folder, { recursive: true })
      await writeFile(path.join(folder, fileName(mail.id)), composed.message)
    }
  let opened: Promise<SendMail> | undefined
  const open = async (): Promise<SendMail> => {
    const { createTransport } = await import('nodemailer')
    const transport = createTransport(smtpUrl, { from })
    return async mail => void (await transport.sendMail(messageOf(mail, from)))
  }
  return async mail => {
    opened ??= open()
    await (
      await opened
    )(mail)
  }
}
