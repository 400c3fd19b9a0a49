import { drive } from './drive.ts';
import { start_broker_process } from './broker_process.ts';
import { type Figures, measure, type Operation, table } from './measure.ts';

const FEW = 100;

/** What an operator looks at, with a hundred organizations and then with many: it must cost the same. */
export async function measure_organizations(options: { many: number; count: number; concurrency: number; json: boolean }): Promise<void> {
  const broker = await start_broker_process();
  const { many, count, concurrency, json } = options;
  try {
    let made = 0;
    const grow = async (to: number): Promise<void> => {
      await drive(to - made, concurrency, async () => {
        const number = ++made;
        const slug = `partner-${number}`;
        const { id } = await broker.api<{ id: string }>('POST', '/organizations', { slug, name: `Partner ${number}` });
        await broker.api('POST', `/organizations/${id}/domains`, { domain: `${slug}.example`, verified: true });
      });
    };
    const get = (path: string) => broker.api<{ data: { id: string }[]; next: string | null }>('GET', path);
    const look = async (): Promise<Operation[]> => {
      // the page after half of them
      let far = (await get('/organizations?limit=50')).next;
      for (let seen = 1000; seen < made / 2 && far !== null; seen += 1000) far = (await get(`/organizations?limit=1000&after=${far}`)).next;
      const one = (await get(`/organizations?slug=partner-${made}`)).data[0]?.id ?? '';
      const reads: readonly (readonly [string, readonly string[]])[] = [
        ['list, first page', ['/organizations?limit=50']],
        ['list, far page', [`/organizations?limit=50${far === null ? '' : `&after=${far}`}`]],
        ['search by name', ['/search?q=Partner%20' + String(made)]],
        ['search by domain', [`/search?q=ann@partner-${made}.example`]],
        ['dashboard', ['/stats', '/stats/upkeep', '/stats/sign-ins']],
        ['one organization', [`/organizations/${one}`, `/organizations/${one}/health`]],
      ];
      return reads.map(([name, paths]) => ({
        ...{ name: `${name}, ${made} organizations`, count },
        async run() {
          for (const path of paths) await get(path);
        },
      }));
    };
    const rows: Figures[] = [];
    for (const size of [Math.min(FEW, many), many]) {
      await grow(size);
      for (const operation of await look()) rows.push(await measure(broker, operation, concurrency));
    }
    console.log(json ? JSON.stringify(rows, undefined, 2) : table(rows));
  } finally {
    await broker.stop();
  }
}
