/** A process that migrates the database it is given, as one of several that start together. */
import { type DatabaseAddress, open_storage } from '../../src/storage/index.ts';

const address = JSON.parse(process.argv[2] ?? '') as DatabaseAddress; // the test writes it
const storage = await open_storage({ database: address, secrets: [new Uint8Array(32)] });
console.log(JSON.stringify(await storage.migrate()));
await storage.close();
