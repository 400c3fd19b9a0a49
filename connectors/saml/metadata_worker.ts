import { parentPort, workerData } from 'node:worker_threads';
import { read_partner_metadata } from './partner_metadata.ts';
import type { MetadataQuestion } from './read_metadata.ts';

// workerData is what read_metadata.ts passed
const { xml, entity_id, signers } = workerData as MetadataQuestion;
parentPort?.postMessage(read_partner_metadata(xml, entity_id, signers));
