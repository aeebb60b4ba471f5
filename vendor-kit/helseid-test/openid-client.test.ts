/** A portal built on openid-client, the common library, works against the test identity provider. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt, importJWK } from 'jose'
import * as oidc from 'openid-client'
import { authorizationDetails, BERGEN, CALLBACK, createBrowser, OSLO, PERSON_SCOPES, READ, start } from './testing.ts'

test('openid-client signs a person in and asks for tokens for two organisations', async () => {
  const started = await start()
  const { issuer, privateKey } = started.helseId
  const jwk = await privateKey('portal')
  const key = { key: (await importJWK(jwk, 'ES256')) as CryptoKey, kid: String(jwk.kid) }

  /** private_key_jwt; the assertion states the organisation when one is given. */
  const authentication = (parent?: string) =>
    oidc.PrivateKeyJwt(key, {
      [oidc.modifyAssertion]: (_header, payload) => {
        if (parent) payload.assertion_details = authorizationDetails(`NO:ORGNR:${parent}`)
      },
    })
  const config = await oidc.discovery(new URL(issuer), 'portal', undefined, authentication(), { execute: [oidc.allowInsecureRequests] })
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))

  const code_verifier = oidc.randomPKCECodeVerifier()
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
  const authorize = await oidc.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: CALLBACK,
      scope: `${PERSON_SCOPES} ${READ}`,
      resource: 'helsevev',
      code_challenge: await oidc.calculatePKCECodeChallenge(code_verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    },
    { DPoP },
  )
  const browser = createBrowser()
  const callback = await browser.post((await browser.get(authorize.href)).url, { person: 'nurse' })

  const signedIn = await oidc.authorizationCodeGrant(
    config,
    new URL(callback.url),
    { pkceCodeVerifier: code_verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    undefined,
    { DPoP },
  )
  assert.equal(signedIn.claims()?.name, 'Nora Sykepleier')
  assert.equal(signedIn.claims()?.['helseid://claims/identity/pid'], started.helseId.world.people[0]!.pid)

  for (const parent of [OSLO, BERGEN]) {
    // A configuration per organisation, so that requests for several people at once cannot mix them up.
    const acting = new oidc.Configuration(config.serverMetadata(), 'portal', undefined, authentication(parent))
    oidc.allowInsecureRequests(acting)
    const tokens = await oidc.refreshTokenGrant(acting, String(signedIn.refresh_token), { resource: 'helsevev', scope: READ }, { DPoP })
    const claims = decodeJwt(tokens.access_token)
    assert.deepEqual([claims.aud, claims['helseid://claims/client/claims/orgnr_parent'], claims.scope], ['helsevev', parent, [READ]])
  }
  const user = await oidc.fetchUserInfo(config, signedIn.access_token, String(signedIn.claims()?.sub), { DPoP })
  assert.equal(user.given_name, 'Nora')

  const signOut = oidc.buildEndSessionUrl(config, {
    id_token_hint: String(signedIn.id_token),
    post_logout_redirect_uri: 'http://localhost:9/',
  })
  assert.equal((await browser.get(signOut.href)).url, 'http://localhost:9/')
  await started.close()
})
