import { generateSecret, generateURI, verify } from 'otplib';
import { toDataURL } from 'qrcode';
import { Conflict, new_id } from '../kernel/index.ts';
import type { SecondFactorRow, Storage } from '../storage/index.ts';

/** RFC 6238 section 5.2: one step either side, for clocks and slow fingers. */
const STEP_SECONDS = 30;
const HOUR_MS = 3_600_000;
/** Each wrong code is tried against each. */
const MOST = 20;

export interface NewTotp {
  readonly id: string;
  /** Base32, for whoever cannot scan. */
  readonly secret: string;
  readonly uri: string;
  /** The same as a picture: a data URL. */
  readonly qr: string;
}

/** Codes of an authenticator app (RFC 6238). */
export interface Totp {
  /** A secret that counts once a code of it was shown. */
  begin(about: { readonly admin_key_id: string; readonly name: string; readonly label: string }): Promise<NewTotp>;
  /** The time step that this code is of; undefined when it is of none that may be used. */
  step_of(row: SecondFactorRow, code: string): Promise<number | undefined>;
}

const context_of = (id: string): string => `second_factor/${id}`;

export function make_totp({ storage, now, host }: { readonly storage: Storage; readonly now: () => number; readonly host: string }): Totp {
  return {
    async begin({ admin_key_id, name, label }) {
      const id = new_id('fac');
      const secret = generateSecret();
      const uri = generateURI({ issuer: `Postern ${host}`, label, secret });
      await storage.transact(async (tx) => {
        // begun and left lying: nobody scans it any more
        await tx.sql.run(`DELETE FROM "second_factors" WHERE "admin_key_id" = ? AND "confirmed_at" IS NULL AND "created_at" < ?`, [
          admin_key_id,
          now() - HOUR_MS,
        ]);
        if ((await tx.gateway.second_factors.count({ admin_key_id })) >= MOST)
          throw new Conflict('too_many_second_factors', `A key has at most ${MOST} second factors: remove one, or wait an hour.`);
        await tx.gateway.second_factors.insert({
          ...{ id, admin_key_id, name, kind: 'totp', sealed_secret: storage.seal.seal(secret, context_of(id)) },
          ...{ credential_id: null, public_key: null, transports: null, counter: 0 },
          ...{ confirmed_at: null, last_used_at: null, created_at: now() },
        });
      });
      return { id, secret, uri, qr: await toDataURL(uri, { margin: 1, width: 240, errorCorrectionLevel: 'M' }) };
    },
    async step_of({ id, sealed_secret }, code) {
      if (sealed_secret === null || !/^\d{6}$/.test(code)) return undefined;
      const found = await verify({
        secret: storage.seal.open(sealed_secret, context_of(id)),
        token: code,
        epoch: Math.floor(now() / 1000),
        epochTolerance: STEP_SECONDS,
      });
      return found.valid && 'timeStep' in found ? found.timeStep : undefined;
    },
  };
}
