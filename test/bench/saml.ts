import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { verify_response } from '../../connectors/saml/verify/index.ts';
import { accepted, an_answer, base64, forge_xml, make_bench, trust_of, try_response } from '../support/saml/forge.ts';
import { SP } from '../support/saml/connection.ts';
import { percentile } from './drive.ts';

interface Compared {
  readonly message_bytes: number;
  readonly ours_cpu_ms: number;
  readonly node_saml_cpu_ms: number;
  readonly times_less: number;
}

/** CPU of our verifier beside node-saml's `validatePostResponseAsync`, on the same messages in one run. Every check of ours is on. */
export async function compare_verifiers({ count, json }: { count: number; json: boolean }): Promise<void> {
  const bench = await make_bench();
  const rows: Compared[] = [];
  for (const groups of [10, 100, 1000]) {
    const attributes = {
      mail: ['ann@acme.example'],
      groups: Array.from({ length: groups }, (_, number) => `Department ${number} of the company`),
    };
    const message = base64(forge_xml(bench, { answer: an_answer({ attributes, issued_at: Date.now() }) }));
    const trust = trust_of(bench, { now: Date.now() });
    accepted(try_response(message, trust));
    const theirs = new SAML({
      callbackUrl: SP.acs_url,
      issuer: SP.entity_id,
      audience: SP.entity_id,
      idpCert: bench.idp.certificate_pem,
      wantAuthnResponseSigned: false,
      wantAssertionsSigned: true,
      validateInResponseTo: ValidateInResponseTo.never,
      acceptedClockSkewMs: 60_000,
    });
    const ours_cpu_ms = await cpu_of(count * 10, () => void verify_response(message, trust, () => undefined));
    const node_saml_cpu_ms = await cpu_of(Math.max(10, Math.round(count / (groups / 10))), () =>
      theirs.validatePostResponseAsync({ SAMLResponse: message }),
    );
    rows.push({
      message_bytes: Buffer.from(message, 'base64').length,
      ours_cpu_ms,
      node_saml_cpu_ms,
      times_less: node_saml_cpu_ms / ours_cpu_ms,
    });
  }
  if (json) console.log(JSON.stringify(rows, undefined, 2));
  else {
    console.log('message      ours, CPU ms   node-saml, CPU ms   times less');
    for (const row of rows) {
      const cells = [
        `${(row.message_bytes / 1024).toFixed(1)} KB`.padEnd(12),
        row.ours_cpu_ms.toFixed(3).padEnd(14),
        row.node_saml_cpu_ms.toFixed(2).padEnd(19),
        row.times_less.toFixed(0),
      ];
      console.log(cells.join(' '));
    }
  }
}

/** The median of ten blocks, in milliseconds for one. */
async function cpu_of(count: number, work: () => unknown): Promise<number> {
  const block = Math.max(1, Math.ceil(count / 10));
  const figures: number[] = [];
  for (let round = -1; round < 10; round++) {
    const before = process.cpuUsage();
    for (let index = 0; index < block; index++) await work();
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) figures.push((user + system) / 1000 / block);
  }
  return percentile(
    figures.sort((a, b) => a - b),
    0.5,
  );
}
