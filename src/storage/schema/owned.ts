import type { EntitySchemaOptions } from 'typeorm';

type ForeignKey = NonNullable<EntitySchemaOptions<unknown>['foreignKeys']>[number];

/** Rows of one organization: `org_id` is half of every key and the beginning of every unique index. Times are epoch milliseconds. */
export interface OrgOwned {
  org_id: string;
}

export const of_organization: ForeignKey = {
  target: 'organizations',
  columnNames: ['org_id'],
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
};

export const within = (target: string, column: string, on_delete: 'CASCADE' | 'NO ACTION' = 'CASCADE'): ForeignKey => ({
  target,
  columnNames: ['org_id', column],
  referencedColumnNames: ['org_id', 'id'],
  onDelete: on_delete,
});
