import { KEY_STRETCHING, USER_IDENTIFIER, loadOpaque, stepOrNull } from './opaque.ts';
import { isSameProof, proofOf } from './proof.ts';
import type { Ends } from './proof.ts';

/**
 * What a hub keeps instead of a passphrase. Who steals it can try guesses against it, each at the
 * cost of KEY_STRETCHING, and can pose as the hub: it is stored like a key.
 */
export interface PassphraseRecord {
  /** OPAQUE's server setup: the hub's secrets for this room. */
  readonly setup: string;
  /** OPAQUE's registration record. */
  readonly record: string;
}

/** A hub's side of one attempt. */
export interface PassphraseAnswer {
  /** For the client. With it the client can test one guess, so ask GuessLimiter before. */
  readonly response: string;
  /** The hub's proof for the welcome; null when the client knows another passphrase or sees other ends. */
  check(finish: string, proof: string, ends: Ends): string | null;
}

/** Makes the record of a passphrase in its normal form. Computes for as long as one guess costs. */
export async function registerPassphrase(passphrase: string): Promise<PassphraseRecord> {
  const { client, server } = await loadOpaque();
  const setup = server.createSetup();
  const { clientRegistrationState, registrationRequest } = client.startRegistration({
    password: passphrase,
  });
  const { registrationResponse } = server.createRegistrationResponse({
    serverSetup: setup,
    userIdentifier: USER_IDENTIFIER,
    registrationRequest,
  });
  const { registrationRecord } = client.finishRegistration({
    clientRegistrationState,
    registrationResponse,
    password: passphrase,
    keyStretching: KEY_STRETCHING,
  });
  return { setup, record: registrationRecord };
}

/** Answers a hello's `start` (K3). Null when that, or the record, cannot be read. */
export async function answerPassphrase(
  { setup, record }: PassphraseRecord,
  start: string,
): Promise<PassphraseAnswer | null> {
  const { server } = await loadOpaque();
  const login = stepOrNull(() =>
    server.startLogin({
      serverSetup: setup,
      registrationRecord: record,
      startLoginRequest: start,
      userIdentifier: USER_IDENTIFIER,
    }),
  );
  if (login === null) return null;
  return {
    response: login.loginResponse,
    check(finish, proof, ends) {
      const end = stepOrNull(() =>
        server.finishLogin({
          serverLoginState: login.serverLoginState,
          finishLoginRequest: finish,
        }),
      );
      if (end === null || !isSameProof(proof, proofOf('client', end.sessionKey, ends))) return null;
      return proofOf('hub', end.sessionKey, ends);
    },
  };
}
