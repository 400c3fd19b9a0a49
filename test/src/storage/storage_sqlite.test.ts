import { storage_conformance } from '../../conformance/storage.ts';
import { empty_sqlite } from '../../support/temporary_database.ts';

storage_conformance('sqlite', empty_sqlite);
