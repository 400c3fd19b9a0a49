import { type ReadMetadata, read_partner_metadata } from './partner_metadata.ts';
import { ask_worker, Refusal, type Turns, worker_file } from './verify/index.ts';

/** Characters up to which metadata is read where it arrives: most identity providers publish some ten thousand. */
const SMALL = 48 * 1024;

export interface MetadataQuestion {
  readonly xml: string;
  readonly entity_id: string | undefined;
  readonly signers: readonly string[] | undefined;
}

/** Reads metadata that somebody published, without keeping other requests waiting for a large document. Never throws for what is in it. */
export type MetadataReader = (question: MetadataQuestion) => Promise<ReadMetadata>;

export function make_metadata_reader(turns: Turns, small = SMALL): MetadataReader {
  return async (question) => {
    const { xml, entity_id, signers } = question;
    if (xml.length <= small) return read_partner_metadata(xml, entity_id, signers);
    try {
      return (await ask_worker(worker_file(import.meta.url, 'metadata_worker'), question, { turns })) as ReadMetadata; // what metadata_worker.ts posts
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      return { ok: false, problem: `The metadata cannot be read: ${fault.message}.` };
    }
  };
}
