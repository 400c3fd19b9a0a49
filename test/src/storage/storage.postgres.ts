import { storage_conformance } from '../../conformance/storage.ts';
import { empty_postgres } from '../../support/empty_postgres.ts';

storage_conformance('postgres', empty_postgres);
