// An OpenID provider for tests: loopback only, keys made anew at each start, one client.
//
//   node provider.mjs PORT [REDIRECT_URI] [RS256|ES256|EdDSA]
//
// Prints {"issuer": …} when it listens; ends with SIGTERM. Sign-in and consent are plain pages with a
// form each (devInteractions): any user name with any password; the user name becomes the subject.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const client = { id: 'changwat', secret: 'a secret of tests only' };

const keyKinds = {
  RS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519', {}],
};

function signingKeys() {
  return Object.entries(keyKinds).map(([alg, [kind, options]]) => {
    const jwk = generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' });
    return { ...jwk, kid: `test-${alg}`, alg, use: 'sig' };
  });
}

function accountOf(subject) {
  const claims = {
    sub: subject,
    name: 'ผู้ใช้ ทดสอบ',
    given_name: 'ผู้ใช้',
    family_name: 'ทดสอบ',
    locale: 'th-TH',
    email: `${subject}@example.go.th`,
    email_verified: true,
  };
  return { accountId: subject, claims: async () => claims };
}

function configuration(redirectUri, algorithm) {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: algorithm,
        application_type: 'web',
      },
    ],
    jwks: { keys: signingKeys() },
    enabledJWA: { idTokenSigningAlgValues: Object.keys(keyKinds) },
    pkce: { required: () => true },
    cookies: { keys: ['a cookie key of tests only'] },
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name', 'locale'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false, // put the claims into the ID token, where we read them
    findAccount: async (_context, subject) => accountOf(subject),
    features: { devInteractions: { enabled: true } },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  };
}

function main([portText, redirectUri, algorithm = 'RS256']) {
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65535 || !(algorithm in keyKinds)) {
    console.error('usage: node provider.mjs PORT [REDIRECT_URI] [RS256|ES256|EdDSA]');
    process.exit(2);
  }
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(
    issuer,
    configuration(redirectUri ?? 'http://127.0.0.1:8080/auth/oidc/test/callback', algorithm),
  );
  const server = provider.listen(port, '127.0.0.1', () => console.log(JSON.stringify({ issuer })));
  process.on('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
  });
}

main(process.argv.slice(2));
