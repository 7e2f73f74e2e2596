import { Refusal } from '../kernel/refusals.ts'

export interface SignOnSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button calls it, e.g. `Cổng định danh của Sở`. */
  readonly name: string
  /** Our own address that the provider sends people back to. */
  readonly callback: string
}

/** What must be remembered between going to the provider and coming back. */
export type SignOnChecks = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Who came back. The address counts only when the provider has verified it. */
export interface SignedOn {
  readonly issuer: string
  readonly subject: string
  readonly verifiedEmail?: string
}

/** The provider did not answer, or what came back does not belong to this sign-in; says nothing about accounts. */
export class SignOnFailed extends Refusal {
  readonly status = 401
  /** What the provider or the check said, for the log. */
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
  }
}

export type SignOn = ReturnType<typeof signOn>

/**
 * Signing in at an OpenID Connect provider: authorization code with PKCE, state and nonce. The provider is asked for its
 * addresses at the first use, so that the start needs no network; a failed try is made again at the next use.
 */
export function signOn(settings: SignOnSettings) {
  const library = () => import('openid-client')
  const discover = async () => {
    const { allowInsecureRequests, discovery } = await library()
    const issuer = new URL(settings.issuer)
    // Configuration takes plain http for this machine's own loopback alone.
    const execute = issuer.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}
    return discovery(issuer, settings.clientId, settings.clientSecret, undefined, { ...execute, timeout: 10 })
  }
  let known: ReturnType<typeof discover> | undefined
  const provider = async () => {
    known ??= discover()
    try {
      return await known
    } catch (error) {
      known = undefined
      throw new SignOnFailed(`${settings.name} không trả lời. Xin thử lại sau, hoặc dùng mật khẩu.`, error)
    }
  }

  return {
    name: settings.name,

    /** Where to send the browser, and what to remember until it comes back. */
    async begin(): Promise<{ readonly href: string; readonly checks: SignOnChecks }> {
      const client = await library()
      const config = await provider()
      const checks = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: settings.callback,
        scope: 'openid profile email',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
      })
      return { href: address.href, checks }
    },

    /** Who came back with these query parameters; SignOnFailed for anything forged, replayed or refused. */
    async finish(query: Readonly<Record<string, string>>, checks: SignOnChecks): Promise<SignedOn> {
      const { authorizationCodeGrant } = await library()
      const config = await provider()
      const address = new URL(settings.callback)
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
      const failed = 'Chưa đăng nhập được qua cổng định danh. Xin thử lại từ trang đăng nhập.'
      try {
        const tokens = await authorizationCodeGrant(config, address, {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new SignOnFailed(failed)
        const email = claims['email_verified'] === true ? claims['email'] : undefined
        return {
          issuer: claims.iss,
          subject: claims.sub,
          ...(typeof email === 'string' && { verifiedEmail: email }),
        }
      } catch (error) {
        throw error instanceof SignOnFailed ? error : new SignOnFailed(failed, error)
      }
    },
  }
}
