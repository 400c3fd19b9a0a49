/** One kind of the worst messages, each measured after a warm-up by honest ones: `saml_worst_process.ts <beginning of the names>`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { ConnectorError, type RedirectConnector } from '../../connectors/connector.ts';
import { rsa_signer } from '../support/saml/signer.ts';
import { connection_keys, new_handle, open_saml, saml, test_call, TestTools } from '../support/saml/connection.ts';
import { base64, forge_xml, IDP, make_bench, REQUEST_ID } from '../support/saml/forge.ts';
import { type Worst, worst_messages } from '../support/saml/worst.ts';

const prefix = process.argv[2] ?? '';
const bench = await make_bench();
const keys = await connection_keys();
const tools = new TestTools(keys);
const own = { entity_id: IDP, sso_url: 'https://idp.partner.example/sso', slo_url: 'https://idp.partner.example/slo' };
// as many certificates as a connection may have: a signature by none of them is tried with each
const others = await Promise.all(Array.from({ length: 9 }, () => rsa_signer()));
const certificates = [...others.map(({ certificate_pem }) => certificate_pem), bench.idp.certificate_pem];
const connector: RedirectConnector = await open_saml({ ...own, certificates }, tools);

async function run({ what, callback, xml }: Worst): Promise<string> {
  try {
    if (what === 'settings') {
      const parsed = saml.parse({ metadata_xml: xml });
      return parsed.ok ? 'taken' : (parsed.errors[0]?.message ?? '');
    }
    if (what === 'metadata') {
      const parsed = saml.parse({ metadata_url: 'https://idp.partner.example/metadata' });
      if (!parsed.ok) throw new Error('the settings are wrong');
      const body = new Uint8Array(Buffer.from(xml ?? ''));
      await saml.resolve?.(parsed.config, Object.assign(new TestTools(keys), { fetch: async () => ({ status: 200, headers: {}, body }) }));
      return 'taken';
    }
    if (callback === undefined) throw new Error('a message without its callback');
    if (what === 'logout') return (await connector.logout?.receive(callback, test_call()))?.kind ?? '';
    connector.handle_of({ ...callback, parameters: { SAMLResponse: callback.parameters['SAMLResponse'] ?? '' } });
    const outcome = await connector.finish(callback, { request_id: REQUEST_ID }, test_call());
    return outcome.ok ? 'taken' : outcome.reason;
  } catch (fault) {
    if (fault instanceof ConnectorError) return `${fault.reason}: ${fault.message}`;
    throw fault;
  }
}

const high_water = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;

async function measure(one: Worst) {
  tools.used.clear();
  globalThis.gc?.();
  await pause(20);
  writeFileSync('/proc/self/clear_refs', '5'); // the high-water mark begins anew
  const before = high_water();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(5);
  delay.reset();
  const [cpu, all, started] = [process.threadCpuUsage(), process.cpuUsage(), performance.now()];
  const ended = await run(one);
  const all_ms = performance.now() - started;
  const { user, system } = process.threadCpuUsage(cpu);
  const process_cpu = process.cpuUsage(all);
  await pause(2);
  delay.disable();
  return {
    name: one.name,
    main_cpu_ms: (user + system) / 1000,
    longest_delay_ms: delay.max / 1e6,
    all_cpu_ms: (process_cpu.user + process_cpu.system) / 1000,
    all_ms,
    memory_mb: high_water() - before,
    ended: ended.slice(0, 90),
  };
}

const honest = base64(forge_xml(bench));
for (let round = 0; round < 50; round++) {
  const callback = { method: 'POST' as const, parameters: { SAMLResponse: honest, RelayState: new_handle() }, repeated: [] };
  await run({ name: '', what: 'answer', callback });
  tools.used.clear();
}
const rows = [];
for (const one of worst_messages(bench)) if (one.name.startsWith(prefix)) rows.push(await measure(one));
console.log(JSON.stringify(rows));
