import { KEY_STRETCHING, loadOpaque, stepOrNull } from './opaque.ts';
import { isSameProof, proofOf } from './proof.ts';
import type { Ends } from './proof.ts';

/** A client's one attempt to show that it knows a room's passphrase (K3). */
export interface PassphraseAttempt {
  /** For the hello. It tells nothing about the passphrase. */
  readonly start: string;
  /**
   * What goes back for the hub's response: OPAQUE's end and the proof for these ends. Null when the
   * passphrase is wrong, the hub does not know it, or the response cannot be read. Computes for as
   * long as one guess costs.
   */
  answer(response: string, ends: Ends): { readonly finish: string; readonly proof: string } | null;
  /** Whether the hub proved that it knows the passphrase and sees the same ends. False before `answer`. */
  isHub(proof: string): boolean;
}

/** Begins an attempt with a passphrase in its normal form. */
export async function beginPassphrase(passphrase: string): Promise<PassphraseAttempt> {
  const { client } = await loadOpaque();
  const { clientLoginState, startLoginRequest } = client.startLogin({ password: passphrase });
  let hubProof: string | null = null;
  return {
    start: startLoginRequest,
    answer(response, ends) {
      const login = stepOrNull(() =>
        client.finishLogin({
          clientLoginState,
          loginResponse: response,
          password: passphrase,
          keyStretching: KEY_STRETCHING,
        }),
      );
      if (!login) return null;
      hubProof = proofOf('hub', login.sessionKey, ends);
      return { finish: login.finishLoginRequest, proof: proofOf('client', login.sessionKey, ends) };
    },
    isHub: (proof) => hubProof !== null && isSameProof(proof, hubProof),
  };
}
